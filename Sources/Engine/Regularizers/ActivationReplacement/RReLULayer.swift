import Model

extension CompiledLayer {
  /// Randomized leaky ReLU: y = x above 0, else a·x with a slope from U(lower, upper) drawn for every
  /// sample, channel and position; one fixed slope in evaluation.
  ///
  /// The output's sign bit is the input's, so input and output may be the same memory, and so may their
  /// gradients.
  static func rrelu(
    _ replacement: RReLU, _ ports: LayerPorts, stream: RandomStream, context: LayerContext
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "RReLU")
    let (input, output, gradient) = (ports.input, ports.output, ports.outputGradient)
    let (units, testSlope) = (input.shape.count, Float(replacement.testSlope))
    let slopes = RandomSlopes(
      replacement, units: InputMask.units(input.shape), stream: stream, context: context)
    layer.forward = [
      Stage(.lanes) { part, pass in
        guard let step = pass.trainingStep else {
          let first = part.samples.lowerBound
          slopedForward(
            input.sample(first), output.sample(first), part.samples.count * units,
            slope: testSlope)
          return
        }
        slopes.draw(step: step, samples: part.samples)
        for sample in part.samples {
          randomSlopeForward(
            input.sample(sample), output.sample(sample), input.shape, sample: sample, slopes)
        }
      }
    ]
    guard let target = ports.inputGradient else { return layer }
    layer.backward = [
      Stage(.lanes) { part, pass in
        guard pass.drawsNoise else {
          let first = part.samples.lowerBound
          slopedBackward(
            output.sample(first), gradient.sample(first), target.sample(first),
            part.samples.count * units, slope: testSlope)
          return
        }
        for sample in part.samples {
          randomSlopeBackward(
            output.sample(sample), gradient.sample(sample), target.sample(sample), input.shape,
            sample: sample, slopes)
        }
      }
    ]
    return layer
  }
}

extension RandomSlopes {
  init(_ replacement: RReLU, units: Int, stream: RandomStream, context: LayerContext) {
    self.init(
      SlopeRange(lower: replacement.lower, upper: replacement.upper), units: units, stream: stream,
      context: context)
  }
}

extension ActivationReplacementCompiler {
  func visit(_ rrelu: RReLU) -> CompiledLayer {
    .rrelu(rrelu, layer.ports, stream: stream, context: layer.context)
  }
}

extension InputActivationCompiler {
  func visit(_ rrelu: RReLU) -> InputMask.Activation {
    let slopes = RandomSlopes(
      rrelu, units: InputMask.units(place.input), stream: stream, context: context)
    return .slopes(slopes, evaluationSlope: Float(rrelu.testSlope))
  }
}
