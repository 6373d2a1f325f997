import Model

extension CompiledLayer {
  /// The mean of each channel over all positions.
  static func globalAveragePooling(_ ports: LayerPorts) -> CompiledLayer {
    var layer = CompiledLayer(kind: "GlobalAveragePooling")
    let (input, output, outputGradient) = (ports.input, ports.output, ports.outputGradient)
    let (positions, channels) = (input.shape.positions, input.shape.channels)
    layer.forward = [
      Stage(.lanes) { part, _ in
        for sample in part.samples {
          averageRows(
            input.rows(from: sample), rows: positions, channels: channels,
            into: output.sample(sample))
        }
      }
    ]
    guard let inputGradient = ports.inputGradient else { return layer }
    layer.backward = [
      Stage(.lanes) { part, _ in
        for sample in part.samples {
          spreadOverRows(
            outputGradient.sample(sample), rows: positions, channels: channels,
            into: inputGradient.rows(from: sample), accumulates: ports.accumulates)
        }
      }
    ]
    return layer
  }
}

extension LayerCompiler {
  func visit(_ spec: GlobalAveragePoolingSpec) -> CompiledLayer { .globalAveragePooling(ports) }
}
