import Model

extension CompiledLayer {
  /// A vector read as a map. Both hold their numbers in the same order (channels last), so nothing
  /// moves where the output and its gradient are views of the input and its gradient
  /// (`FeatureMaps.reshaped(to:)`); otherwise numbers are copied.
  static func reshape(_ ports: LayerPorts) -> CompiledLayer {
    var layer = CompiledLayer(kind: "Reshape")
    layer.forward = copiedNumbers(ports.input, to: ports.output)
    layer.backward = ports.inputGradient.map { copiedNumbers(ports.outputGradient, to: $0) } ?? []
    return layer
  }

  private static func copiedNumbers(_ source: FeatureMaps, to target: FeatureMaps) -> [Stage] {
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

extension LayerCompiler {
  func visit(_ spec: ReshapeSpec) -> CompiledLayer { .reshape(ports) }
}
