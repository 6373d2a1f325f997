import Model

extension CompiledLayer {
  /// Local response normalization across channels or within a channel (Krizhevsky et al. 2012, section
  /// 3.3, with α divided by the size of the neighbourhood as in Caffe).
  static func localResponseNormalization(
    _ spec: LocalResponseNormalizationSpec, _ ports: LayerPorts, context: LayerContext
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "LocalResponseNormalization")
    let neighbourhood = Neighbourhood(spec, ports.input.shape)
    let rule = ResponseRule(spec, neighbourhood)
    // What a response is divided by, before the power.
    let divisors = context.maps(ports.input.shape)
    context.needScratch(neighbourhood.count)
    let (input, output, outputGradient) = (ports.input, ports.output, ports.outputGradient)
    layer.forward = [
      Stage(.lanes) { part, _ in
        for sample in part.samples {
          normalizeResponses(
            input.rows(from: sample), output.rows(from: sample),
            divisors: divisors.rows(from: sample), rule, buffer: part.scratch)
        }
      }
    ]
    guard let inputGradient = ports.inputGradient else { return layer }
    layer.backward = [
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
    return layer
  }
}

extension LayerCompiler {
  func visit(_ spec: LocalResponseNormalizationSpec) -> CompiledLayer {
    .localResponseNormalization(spec, ports, context: context)
  }
}
