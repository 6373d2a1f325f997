import Model

/// The memory at the two ends of a layer, for the network's whole capacity.
struct LayerPorts {
  /// What comes in.
  var input: FeatureMaps
  /// What goes out.
  var output: FeatureMaps
  /// Where the input's gradient goes; nil where nobody needs it (nothing is learned below).
  var inputGradient: FeatureMaps?
  /// The output's gradient. A fused ReLU masks it in place, other layers leave it as it is: a sum
  /// hands the same gradient to both of its branches.
  var outputGradient: FeatureMaps
  /// Whether the input's gradient is added to what is there already, which another reader of the
  /// input has written; only layers that the compiler knows to be able to are asked to.
  var accumulates = false
  /// A normalization that the layer applies to its input, where the plan has joined the two.
  var normalization: InputNormalization?
  /// What the output's gradient lacks; only linear layers are asked to add it.
  var lacking: LackingGradient?
}

/// What layers are given while a network is compiled.
final class LayerContext {
  /// The network's memory.
  let arena: Arena
  /// The batch's lanes.
  let lanes: LanePlan
  /// The root of the network's random streams.
  let root: RandomRoot
  /// How convolutions are computed.
  let convolution: ConvolutionAlgorithm
  /// The measured buffers, by where they lie.
  private var moments: [UnsafeMutablePointer<Float>: ChannelMoments] = [:]

  /// The moments of maps, shared by all who read them.
  func moments(of maps: FeatureMaps) -> ChannelMoments {
    if let known = moments[maps.base] { return known }
    let new = ChannelMoments(maps, arena: arena, lanes: lanes)
    moments[maps.base] = new
    return new
  }

  /// Memory that the layers share.
  let workspace = Workspace()
  /// The largest scratch that a layer asked for, in floats.
  private(set) var scratchFloats = 0

  init(
    arena: Arena, lanes: LanePlan, root: RandomRoot,
    convolution: ConvolutionAlgorithm = .automatic
  ) {
    self.convolution = convolution
    self.arena = arena
    self.lanes = lanes
    self.root = root
  }

  /// Asks for at least `floats` of scratch in every part.
  func needScratch(_ floats: Int) { scratchFloats = max(scratchFloats, floats) }

  /// Memory for a learned array and its gradient.
  func parameter(_ spec: ParameterSpec) -> Parameter {
    Parameter(
      spec: spec,
      values: UnsafeMutableBufferPointer(start: arena.floats(spec.count), count: spec.count),
      gradient: UnsafeMutableBufferPointer(start: arena.floats(spec.count), count: spec.count))
  }

  /// Memory for a measured array, with the values before training.
  func statistic(_ spec: StatisticSpec) -> Statistic {
    let statistic = Statistic(
      spec: spec,
      values: UnsafeMutableBufferPointer(start: arena.floats(spec.count), count: spec.count))
    statistic.reset()
    return statistic
  }

  /// Memory for the capacity's maps of one shape, without gaps.
  func maps(_ shape: FeatureShape) -> FeatureMaps {
    FeatureMaps(
      base: arena.floats(lanes.capacity * shape.count), shape: shape, stride: shape.channels)
  }
}
