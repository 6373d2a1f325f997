import Model

/// Batch normalization as a layer of its own, with a ReLU in the same pass where one follows. The
/// output is never read again, so a layer behind may work in place.
final class BatchNormalizationLayer: Layer {
  let parameters: [Parameter]
  let statistics: [Statistic]
  let forwardStages: [Stage]
  let backwardStages: [Stage]
  private let normalization: BatchNormalization

  /// - Parameter relu: whether max(·, 0) follows.
  init(_ normalization: BatchNormalization, _ ports: LayerPorts, relu: Bool) {
    self.normalization = normalization
    parameters = normalization.parameters
    statistics = normalization.statistics
    let (input, output) = (ports.input, ports.output)
    let (positions, channels) = (input.shape.positions, input.shape.channels)
    let coefficients = normalization.coefficients
    forwardStages =
      normalization.forwardStages + [
        Stage(.lanes) { part, _ in
          normalizeRows(
            input.rows(from: part.samples.lowerBound), output.rows(from: part.samples.lowerBound),
            rows: part.samples.count * positions, channels: channels, relu: relu, coefficients)
        }
      ]
    let (outputGradient, inputGradient) = (ports.outputGradient, ports.inputGradient)
    var stages = [
      Stage(.lanes) { part, _ in
        sumNormalizationGradients(
          input.rows(from: part.samples.lowerBound),
          outputGradient.rows(from: part.samples.lowerBound),
          rows: part.samples.count * positions, relu: relu, coefficients,
          into: normalization.sums(of: part.index))
      },
      normalization.reduction(leavesRest: false),
    ]
    if let inputGradient {
      stages.append(
        Stage(.lanes) { part, _ in
          normalizeRowsBackward(
            input.rows(from: part.samples.lowerBound),
            outputGradient.rows(from: part.samples.lowerBound),
            inputGradient.rows(from: part.samples.lowerBound),
            rows: part.samples.count * positions, channels: channels, relu: relu,
            accumulates: ports.accumulates, coefficients)
        })
    }
    backwardStages = stages
  }
}
