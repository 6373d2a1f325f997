import Model

/// Local response normalization across channels or within a channel (Krizhevsky et al. 2012, section
/// 3.3, with α divided by the size of the neighbourhood as in Caffe).
final class LocalResponseNormalizationLayer: Layer {
  let parameters: [Parameter] = []
  let forwardStages: [Stage]
  let backwardStages: [Stage]

  init(_ spec: LocalResponseNormalizationSpec, _ ports: LayerPorts, context: LayerContext) {
    let neighbourhood = Neighbourhood(spec, ports.input.shape)
    let rule = ResponseRule(spec, neighbourhood)
    // What a response is divided by, before the power.
    let divisors = context.maps(ports.input.shape)
    context.needScratch(neighbourhood.count)
    let (input, output, outputGradient) = (ports.input, ports.output, ports.outputGradient)
    forwardStages = [
      Stage(.lanes) { part, _ in
        for sample in part.samples {
          normalizeResponses(
            input.rows(from: sample), output.rows(from: sample),
            divisors: divisors.rows(from: sample), rule, buffer: part.scratch)
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
          normalizeResponsesBackward(
            ResponseGradients(
              x: input.rows(from: sample), dy: outputGradient.rows(from: sample),
              dx: inputGradient.rows(from: sample), accumulates: ports.accumulates),
            divisors: divisors.rows(from: sample), rule, buffer: part.scratch)
        }
      }
    ]
  }
}
