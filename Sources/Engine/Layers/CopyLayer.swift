import Model

/// Brings maps into or out of a slice of wider maps, for neighbours that cannot work on slices.
final class CopyLayer: Layer {
  let parameters: [Parameter] = []
  let forwardStages: [Stage]
  let backwardStages: [Stage]

  init(_ ports: LayerPorts) {
    forwardStages = [Stage(.lanes) { part, _ in ports.output.copy(ports.input, part.samples) }]
    backwardStages =
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
  }
}
