import Model

/// The mean of each channel over all positions.
final class GlobalAveragePoolingLayer: Layer {
  let parameters: [Parameter] = []
  let forwardStages: [Stage]
  let backwardStages: [Stage]

  init(_ ports: LayerPorts) {
    let (input, output, outputGradient) = (ports.input, ports.output, ports.outputGradient)
    let (positions, channels) = (input.shape.positions, input.shape.channels)
    forwardStages = [
      Stage(.lanes) { part, _ in
        for sample in part.samples {
          averageRows(
            input.rows(from: sample), rows: positions, channels: channels,
            into: output.sample(sample))
        }
      }
    ]
    guard let inputGradient = ports.inputGradient else {
      backwardStages = []
      return
    }
    backwardStages = [
      Stage(.lanes) { part, _ in
        for sample in part.samples {
          spreadOverRows(
            outputGradient.sample(sample), rows: positions, channels: channels,
            into: inputGradient.rows(from: sample), accumulates: ports.accumulates)
        }
      }
    ]
  }
}
