import Model

extension CompiledLayer {
  /// Brings maps into or out of a slice of wider maps, for neighbours that cannot work on slices.
  static func copy(_ ports: LayerPorts) -> CompiledLayer {
    var layer = CompiledLayer(kind: "Copy")
    layer.forward = [Stage(.lanes) { part, _ in ports.output.copy(ports.input, part.samples) }]
    layer.backward =
      ports.inputGradient.map { gradient in
        [
          Stage(.lanes) { part, _ in
            if ports.accumulates {
              gradient.add(ports.outputGradient, part.samples)
            } else {
              gradient.copy(ports.outputGradient, part.samples)
            }
          }
        ]
      } ?? []
    return layer
  }
}
