import Model

/// A compiled layer: the stages that compute it on views into the network's arena.
struct CompiledLayer {
  /// What computes it, for lists of times, for example `WinogradConvolution`.
  var kind: String
  /// Learned arrays, in the canonical order of the layer's specification.
  var parameters: [Parameter] = []
  /// Parameters that the backward pass updates where `Pass.weightUpdate` says how; nothing reads them
  /// behind that.
  var updated: [Parameter] = []
  /// From the input view to the output view.
  var forward: [Stage] = []
  /// From the output's gradient to the input's gradient (overwritten, unless the ports say that it
  /// accumulates) and the parameters' gradients (overwritten).
  var backward: [Stage] = []
  /// What is left to do for the parameters' gradients once all layers have gone backward, for
  /// example adding up the lanes' parts. Done last, so that no barrier comes between the lanes of
  /// neighbouring layers; by then the maps' gradients may be overwritten.
  var reduction: [Stage] = []
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
