import Model

/// Memory for the gradients of maps, each of which is needed only between two neighbouring layers'
/// backward passes. Maps share memory only where their samples are of one size: lanes run at their
/// own pace, and so a sample's numbers must lie in the same place.
final class GradientPool {
  /// A gradient, with the memory to give back after its last use, if it came from a pool.
  struct Gradient {
    var maps: FeatureMaps
    var memory: UnsafeMutablePointer<Float>?
    /// What readers have to add.
    var lacking: LackingGradient?
  }

  private let context: LayerContext
  private var free: [Int: [UnsafeMutablePointer<Float>]] = [:]

  init(_ context: LayerContext) { self.context = context }

  /// Room for a gradient of maps of a shape, with gaps between the positions if asked for.
  func take(_ shape: FeatureShape, stride: Int? = nil) -> Gradient {
    let stride = stride ?? shape.channels
    let count = shape.positions * stride
    let base =
      free[count]?.popLast() ?? context.arena.floats(context.lanes.capacity * count)
    return Gradient(maps: FeatureMaps(base: base, shape: shape, stride: stride), memory: base)
  }

  /// Gives memory back, to be used by layers that go backward later.
  func release(_ gradient: Gradient) {
    guard let memory = gradient.memory else { return }
    free[gradient.maps.sampleStride, default: []].append(memory)
  }
}
