import Model

/// Multiplicative noise of mean 1 on units: y = x∘r in training, y = x in evaluation. Input and
/// output may be the same memory, and so may their gradients; evaluation is free then.
final class UnitNoiseLayer: Layer {
  let parameters: [Parameter] = []
  let forwardStages: [Stage]
  let backwardStages: [Stage]

  /// A noise layer; `stream` is the site's.
  init(
    _ noise: UnitNoise, _ ports: LayerPorts, stream: RandomStream, context: LayerContext
  ) {
    let (input, output) = (ports.input, ports.output)
    let units = input.shape.count
    switch noise {
    case .dropout(let drop):
      let mask = DropMask(drop: drop, units: units, stream: stream, context: context)
      forwardStages = [
        Stage(.lanes) { part, pass in
          guard let step = pass.trainingStep else {
            Self.copy(input, to: output, part.samples)
            return
          }
          mask.draw(step: step, samples: part.samples)
          for sample in part.samples {
            mask.multiply(input.sample(sample), into: output.sample(sample), sample: sample)
          }
        }
      ]
      let gradient = ports.outputGradient
      backwardStages =
        ports.inputGradient.map { target in
          Stage(.lanes) { part, _ in
            for sample in part.samples {
              mask.multiply(gradient.sample(sample), into: target.sample(sample), sample: sample)
            }
          }
        }.map { [$0] } ?? []
    }
  }

  private static func copy(_ input: FeatureMaps, to output: FeatureMaps, _ samples: Range<Int>) {
    guard input.base != output.base else { return }
    let first = samples.lowerBound
    output.sample(first).update(
      from: input.sample(first), count: samples.count * input.sampleStride)
  }
}
