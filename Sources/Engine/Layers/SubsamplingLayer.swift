import Model

extension CompiledLayer {
  /// Every n-th row and column of the input, followed by channels of zeros (option A of He et al.
  /// 2016).
  static func subsampling(_ spec: SubsamplingSpec, _ ports: LayerPorts) -> CompiledLayer {
    var layer = CompiledLayer(kind: "Subsampling")
    let (input, output) = (ports.input, ports.output)
    let (inputs, outputs) = (input.shape.channels, output.shape.channels)
    layer.forward = [
      Stage(.lanes) { part, _ in
        for sample in part.samples {
          let (x, y) = (input.sample(sample), output.sample(sample))
          Self.forEachKept(spec, input.shape, output.shape) { source, position in
            let target = y + position * output.stride
            target.update(from: x + source * input.stride, count: inputs)
            (target + inputs).update(repeating: 0, count: outputs - inputs)
          }
        }
      }
    ]
    guard let gradient = ports.inputGradient else { return layer }
    let delta = ports.outputGradient
    layer.backward = [
      Stage(.lanes) { part, _ in
        for sample in part.samples {
          let (dx, dy) = (gradient.sample(sample), delta.sample(sample))
          if !ports.accumulates {
            for position in 0..<input.shape.positions {
              (dx + position * gradient.stride).update(repeating: 0, count: inputs)
            }
          }
          Self.forEachKept(spec, input.shape, output.shape) { source, position in
            let (target, from) = (dx + source * gradient.stride, dy + position * delta.stride)
            for channel in 0..<inputs { target[channel] += from[channel] }
          }
        }
      }
    ]
    return layer
  }

  /// Calls `body` with the positions in input and output of everything that is kept.
  @inline(__always)
  private static func forEachKept(
    _ spec: SubsamplingSpec, _ input: FeatureShape, _ output: FeatureShape,
    _ body: (Int, Int) -> Void
  ) {
    for y in 0..<output.height {
      for x in 0..<output.width {
        body(y * spec.stride * input.width + x * spec.stride, y * output.width + x)
      }
    }
  }
}

extension LayerCompiler {
  func visit(_ spec: SubsamplingSpec) -> CompiledLayer { .subsampling(spec, ports) }
}
