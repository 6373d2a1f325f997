import Model

extension CompiledLayer {
  /// Drop-Activation (Liang, Khoo, Yang, eq. 3–5): y = (1 − P)·x + P·f(x) with a mask drawn for every
  /// sample, channel and position, and y = (1 − p)·x + p·f(x) in evaluation.
  ///
  /// For a ReLU the output tells all that the backward pass needs, so input and output may be the same
  /// memory, and so may their gradients; no mask is kept. For the other functions the input must stay,
  /// and the mask is drawn again.
  static func dropActivation(
    _ replacement: DropActivation, of spec: ActivationSpec, _ ports: LayerPorts,
    stream: RandomStream
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "DropActivation")
    if spec.function == .relu {
      (layer.forward, layer.backward) = Self.relu(replacement.keep, ports, stream)
    } else {
      (layer.forward, layer.backward) = Self.mixture(replacement.keep, spec, ports, stream)
    }
    return layer
  }

  private static func relu(
    _ keep: Double, _ ports: LayerPorts, _ stream: RandomStream
  ) -> (forward: [Stage], backward: [Stage]) {
    let (input, output, gradient) = (ports.input, ports.output, ports.outputGradient)
    let (units, slope) = (input.shape.count, Float(1 - keep))
    let threshold = RandomBits.threshold(1 - keep)
    let forward = Stage(.lanes) { part, pass in
      guard let step = pass.trainingStep else {
        let first = part.samples.lowerBound
        slopedForward(
          input.sample(first), output.sample(first), part.samples.count * units, slope: slope)
        return
      }
      let lanes = PhiloxLanes(stream, position: step)
      for sample in part.samples {
        dropReluForward(
          input.sample(sample), output.sample(sample), units: units, sample: sample, lanes,
          droppedBelow: threshold)
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
    _ keep: Double, _ spec: ActivationSpec, _ ports: LayerPorts, _ stream: RandomStream
  ) -> (forward: [Stage], backward: [Stage]) {
    let (input, output, gradient) = (ports.input, ports.output, ports.outputGradient)
    let (units, p) = (input.shape.count, Float(keep))
    let mixture = ActivationMixture(spec, threshold: RandomBits.threshold(1 - keep))
    let forward = Stage(.lanes) { part, pass in
      for sample in part.samples {
        let (x, y) = (input.sample(sample), output.sample(sample))
        if let step = pass.trainingStep {
          let lanes = PhiloxLanes(stream, position: step)
          mixture.forward(x, y, units: units, sample: sample, lanes)
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
        if let step = pass.trainingStep {
          let lanes = PhiloxLanes(stream, position: step)
          mixture.backward(x, dy, dx, units: units, sample: sample, lanes)
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
  private let threshold: UInt32

  init(_ spec: ActivationSpec, threshold: UInt32) {
    function = spec.function
    slope = Float(spec.slope)
    self.threshold = threshold
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
  func forward(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, units: Int, sample: Int,
    _ lanes: PhiloxLanes
  ) {
    let limit = SIMD8<UInt32>(repeating: threshold)
    lanes.forEachVector(ofSample: sample, units: units) { unit, bits in
      let input = load(x + unit)
      let result = input.replacing(with: value(input).f, where: bits .>= limit)
      store(result, y + unit, column: unit, of: units)
    }
  }

  /// dx = f′(x)·dy where kept, else dy.
  func backward(
    _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
    units: Int, sample: Int, _ lanes: PhiloxLanes
  ) {
    let limit = SIMD8<UInt32>(repeating: threshold)
    lanes.forEachVector(ofSample: sample, units: units) { unit, bits in
      let gradient = load(dy + unit)
      let inner = gradient * value(load(x + unit)).derivative
      let result = gradient.replacing(with: inner, where: bits .>= limit)
      store(result, dx + unit, column: unit, of: units)
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
    .dropActivation(dropActivation, of: spec, layer.ports, stream: stream)
  }
}
