import Model

extension CompiledLayer {
  /// Batch normalization as a layer of its own, with a ReLU in the same pass where one follows. The
  /// output is never read again, so a layer behind may work in place.
  /// - Parameter relu: whether max(·, 0) follows.
  static func batchNormalization(
    _ normalization: BatchNormalization, _ ports: LayerPorts, relu: Bool
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "BatchNormalization")
    layer.parameters = normalization.parameters
    let (input, output) = (ports.input, ports.output)
    let (positions, channels) = (input.shape.positions, input.shape.channels)
    let coefficients = normalization.coefficients
    layer.forward =
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
    layer.backward = stages
    return layer
  }
}

extension LayerCompiler {
  func visit(_ spec: BatchNormalizationSpec) -> CompiledLayer {
    .batchNormalization(normalization(spec), ports, relu: relu)
  }

  /// What the normalization knows of its channels.
  func normalization(_ spec: BatchNormalizationSpec) -> BatchNormalization {
    guard let measured else {
      preconditionFailure("\(place.name) is not a normalization that was planned")
    }
    return BatchNormalization(
      spec, ports.input, moments: measured.moments, measuring: measured.stages,
      gain: parameter(.gain), shift: parameter(.shift), mean: statistic(0), variance: statistic(1),
      context: context)
  }
}
