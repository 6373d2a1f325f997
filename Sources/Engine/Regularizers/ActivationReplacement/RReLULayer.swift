import Model

extension CompiledLayer {
  /// Randomized leaky ReLU: y = x above 0, else a·x with a slope from U(lower, upper) drawn for every
  /// sample, channel and position; one fixed slope in evaluation.
  ///
  /// The output's sign bit is the input's, so input and output may be the same memory, and so may their
  /// gradients; slopes are drawn again on the way back.
  static func rrelu(_ replacement: RReLU, _ ports: LayerPorts, stream: RandomStream)
    -> CompiledLayer
  {
    var layer = CompiledLayer(kind: "RReLU")
    let (input, output, gradient) = (ports.input, ports.output, ports.outputGradient)
    let (units, testSlope) = (input.shape.count, Float(replacement.testSlope))
    let slopes = SlopeRange(
      lower: Float(replacement.lower), width: Float(replacement.upper - replacement.lower))
    layer.forward = [
      Stage(.lanes) { part, pass in
        guard let step = pass.trainingStep else {
          let first = part.samples.lowerBound
          slopedForward(
            input.sample(first), output.sample(first), part.samples.count * units,
            slope: testSlope)
          return
        }
        let lanes = PhiloxLanes(stream, position: step)
        for sample in part.samples {
          randomSlopeForward(
            input.sample(sample), output.sample(sample), units: units, sample: sample, lanes,
            slopes)
        }
      }
    ]
    guard let target = ports.inputGradient else { return layer }
    layer.backward = [
      Stage(.lanes) { part, pass in
        guard let step = pass.trainingStep else {
          let first = part.samples.lowerBound
          slopedBackward(
            output.sample(first), gradient.sample(first), target.sample(first),
            part.samples.count * units, slope: testSlope)
          return
        }
        let lanes = PhiloxLanes(stream, position: step)
        for sample in part.samples {
          randomSlopeBackward(
            output.sample(sample), gradient.sample(sample), target.sample(sample), units: units,
            sample: sample, lanes, slopes)
        }
      }
    ]
    return layer
  }
}

extension ActivationReplacementCompiler {
  func visit(_ rrelu: RReLU) -> CompiledLayer { .rrelu(rrelu, layer.ports, stream: stream) }
}

extension InputActivationCompiler {
  /// Random slopes take more than a bit for each number and are not computed while they are read.
  func visit(_ rrelu: RReLU) -> InputMask.Activation? { nil }
}
