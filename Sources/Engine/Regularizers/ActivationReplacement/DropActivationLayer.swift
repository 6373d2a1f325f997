import Model

extension CompiledLayer {
  /// Drop-Activation (Liang, Khoo, Yang, eq. 3–5): y = (1 − P)·x + P·f(x) with a mask drawn for every
  /// sample, channel and position, and y = (1 − p)·x + p·f(x) in evaluation.
  ///
  /// For a ReLU the output tells all that the backward pass needs, so input and output may be the same
  /// memory, and so may their gradients. For the other functions the input must stay.
  static func dropActivation(
    _ replacement: DropActivation, of spec: ActivationSpec, _ ports: LayerPorts,
    stream: RandomStream, context: LayerContext
  ) -> CompiledLayer {
    let bits = KeptBits(
      keep: replacement.keep, units: InputMask.units(ports.input.shape), stream: stream,
      context: context)
    var layer = CompiledLayer(kind: "DropActivation")
    if spec.function == .relu {
      (layer.forward, layer.backward) = Self.relu(replacement.keep, ports, bits)
    } else {
      (layer.forward, layer.backward) = Self.mixture(replacement.keep, spec, ports, bits)
    }
    return layer
  }

  private static func relu(
    _ keep: Double, _ ports: LayerPorts, _ bits: KeptBits
  ) -> (forward: [Stage], backward: [Stage]) {
    let (input, output, gradient) = (ports.input, ports.output, ports.outputGradient)
    let (units, slope) = (input.shape.count, Float(1 - keep))
    let forward = Stage(.lanes) { part, pass in
      guard let step = pass.trainingStep else {
        let first = part.samples.lowerBound
        slopedForward(
          input.sample(first), output.sample(first), part.samples.count * units, slope: slope)
        return
      }
      bits.draw(step: step, samples: part.samples)
      for sample in part.samples {
        dropReluForward(
          input.sample(sample), output.sample(sample), input.shape, sample: sample, bits)
      }
    }
    guard let target = ports.inputGradient else { return ([forward], []) }
    let backward = Stage(.lanes) { part, pass in
      let first = part.samples.lowerBound
      let (y, dy, dx) = (output.sample(first), gradient.sample(first), target.sample(first))
      if pass.trainingStep == nil {
        slopedBackward(y, dy, dx, part.samples.count * units, slope: slope)
      } else {
        dropReluBackward(y, dy, dx, part.samples.count * units)
      }
    }
    return ([forward], [backward])
  }

  private static func mixture(
    _ keep: Double, _ spec: ActivationSpec, _ ports: LayerPorts, _ bits: KeptBits
  ) -> (forward: [Stage], backward: [Stage]) {
    let (input, output, gradient) = (ports.input, ports.output, ports.outputGradient)
    let (units, p) = (input.shape.count, Float(keep))
    let mixture = ActivationMixture(spec, input.shape, bits)
    let forward = Stage(.lanes) { part, pass in
      if let step = pass.trainingStep { bits.draw(step: step, samples: part.samples) }
      for sample in part.samples {
        let (x, y) = (input.sample(sample), output.sample(sample))
        if pass.drawsNoise {
          mixture.forward(x, y, sample: sample)
        } else {
          mixture.mean(x, y, units: units, keep: p)
        }
      }
    }
    guard let target = ports.inputGradient else { return ([forward], []) }
    let backward = Stage(.lanes) { part, pass in
      for sample in part.samples {
        let (x, dy, dx) = (
          input.sample(sample), gradient.sample(sample), target.sample(sample)
        )
        if pass.drawsNoise {
          mixture.backward(x, dy, dx, sample: sample)
        } else {
          mixture.meanBackward(x, dy, dx, units: units, keep: p)
        }
      }
    }
    return ([forward], [backward])
  }
}

/// The identity or a function, unit by unit.
struct ActivationMixture {
  private let function: ActivationSpec.Function
  private let slope: Float
  private let shape: FeatureShape
  private let bits: KeptBits

  init(_ spec: ActivationSpec, _ shape: FeatureShape, _ bits: KeptBits) {
    function = spec.function
    slope = Float(spec.slope)
    self.shape = shape
    self.bits = bits
  }

  /// f(x) and f′(x).
  @inline(__always)
  private func value(_ x: Vector) -> (f: Vector, derivative: Vector) {
    let one = Vector(repeating: 1)
    switch function {
    case .relu, .leakyRelu:
      let factor = Vector(repeating: slope).replacing(with: 1, where: x .>= 0)
      return (x * factor, factor)
    case .sigmoid:
      let y = VectorMath.sigmoid(x)
      return (y, y * (one - y))
    case .tanh: return (VectorMath.tanh(x), VectorMath.tanhDerivative(x))
    }
  }

  /// y = f(x) where kept, else x.
  func forward(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, sample: Int) {
    bits.forEachVector(of: shape, sample: sample) { place, dropped, column, columns in
      let input = load(x + place)
      let result = value(input).f.replacing(with: input, where: dropped)
      store(result, y + place, column: column, of: columns)
    }
  }

  /// dx = f′(x)·dy where kept, else dy.
  func backward(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
    sample: Int
  ) {
    bits.forEachVector(of: shape, sample: sample) { place, dropped, column, columns in
      let gradient = load(dy + place)
      let inner = gradient * value(load(x + place)).derivative
      store(
        inner.replacing(with: gradient, where: dropped), dx + place, column: column, of: columns)
    }
  }

  /// y = (1 − p)·x + p·f(x).
  func mean(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, units: Int, keep p: Float
  ) {
    for unit in stride(from: 0, to: units, by: 8) {
      let input = load(x + unit)
      var result = input * (1 - p)
      result.accumulate(Vector(repeating: p), value(input).f)
      store(result, y + unit, column: unit, of: units)
    }
  }

  /// dx = ((1 − p) + p·f′(x))·dy.
  func meanBackward(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
    units: Int, keep p: Float
  ) {
    for unit in stride(from: 0, to: units, by: 8) {
      var factor = Vector(repeating: 1 - p)
      factor.accumulate(Vector(repeating: p), value(load(x + unit)).derivative)
      store(load(dy + unit) * factor, dx + unit, column: unit, of: units)
    }
  }
}

extension ActivationReplacementCompiler {
  func visit(_ dropActivation: DropActivation) -> CompiledLayer {
    .dropActivation(
      dropActivation, of: spec, layer.ports, stream: stream, context: layer.context)
  }
}

extension InputActivationCompiler {
  /// Behind a normalization Drop-Activation of a ReLU is computed where its numbers are read.
  func visit(_ dropActivation: DropActivation) -> InputMask.Activation {
    let bits = KeptBits(
      keep: dropActivation.keep, units: InputMask.units(place.input), stream: stream,
      context: context)
    return .kept(bits, evaluationSlope: Float(1 - dropActivation.keep))
  }
}
