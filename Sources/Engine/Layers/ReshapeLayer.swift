import Model

/// A vector read as a map. Both hold their numbers in the same order (channels last), so nothing
/// moves where the output and its gradient are views of the input and its gradient
/// (`FeatureMaps.reshaped(to:)`); otherwise numbers are copied.
final class ReshapeLayer: Layer {
  let parameters: [Parameter] = []
  let forwardStages: [Stage]
  let backwardStages: [Stage]

  init(_ ports: LayerPorts) {
    forwardStages = Self.copy(ports.input, to: ports.output)
    backwardStages = ports.inputGradient.map { Self.copy(ports.outputGradient, to: $0) } ?? []
  }

  private static func copy(_ source: FeatureMaps, to target: FeatureMaps) -> [Stage] {
    guard source.base != target.base else { return [] }
    let count = source.shape.count
    return [
      Stage(.lanes) { part, _ in
        for sample in part.samples {
          for index in 0..<count { target[sample, index] = source[sample, index] }
        }
      }
    ]
  }
}

extension FeatureMaps {
  /// The same memory read as another shape of as many numbers; nil where gaps make it impossible.
  func reshaped(to shape: FeatureShape) -> FeatureMaps? {
    guard isGapless, shape.count == self.shape.count else { return nil }
    return FeatureMaps(base: base, shape: shape, stride: shape.channels)
  }

  /// A sample's number, counted row by row with the channels last.
  fileprivate subscript(sample: Int, index: Int) -> Float {
    get { self.sample(sample)[offset(index)] }
    nonmutating set { self.sample(sample)[offset(index)] = newValue }
  }

  private func offset(_ index: Int) -> Int {
    index / shape.channels * stride + index % shape.channels
  }
}
