import Model

/// A compiled layer: shapes, views into the network's arena, and the stages that compute it.
protocol Layer: AnyObject {
  /// Learned arrays, in the canonical order of the layer's specification.
  var parameters: [Parameter] { get }
  /// Arrays measured in training and used in evaluation; empty for most layers.
  var statistics: [Statistic] { get }
  /// From the input view to the output view.
  var forwardStages: [Stage] { get }
  /// From the output's gradient to the input's gradient (overwritten, unless the ports say that it
  /// accumulates) and the parameters' gradients (overwritten).
  var backwardStages: [Stage] { get }
  /// What is left to do for the parameters' gradients once all layers have gone backward, for
  /// example adding up the lanes' parts; empty by default. Done last, so that no barrier comes
  /// between the lanes of neighbouring layers; by then the maps' gradients may be overwritten.
  var reductionStages: [Stage] { get }
}

extension Layer {
  var statistics: [Statistic] { [] }
  var reductionStages: [Stage] { [] }
}

/// A view of one batch of feature maps, channels last: sample n, position p, channel c lies at
/// `base[(n * shape.positions + p) * stride + c]`.
struct FeatureMaps {
  /// The first sample's first number.
  var base: UnsafeMutablePointer<Float>
  /// One sample's shape.
  var shape: FeatureShape
  /// Floats between neighbouring positions; more than the channels where the map is a slice of a
  /// wider one.
  var stride: Int

  /// Floats between neighbouring samples.
  var sampleStride: Int { shape.positions * stride }
  /// Where sample `n` begins.
  func sample(_ n: Int) -> UnsafeMutablePointer<Float> { base + n * sampleStride }
}
