import Model

extension CompiledLayer {
  /// A dense layer under DropConnect: U_n = (W∘M_n/(1 − τ))·x_n + b with a mask of its own for each
  /// sample in training, the plain product in evaluation.
  ///
  /// Masks are drawn where they are used: in the forward pass sample by sample, in the backward pass for
  /// blocks of inputs, of which each part finishes the gradients of input and weights. The work grows
  /// with samples × weights, without the help of matrix products.
  static func dropConnect(
    _ replacement: DropConnect, _ ports: LayerPorts, weights: Parameter, bias: Parameter?,
    stream: RandomStream, context: LayerContext
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "DropConnect")
    let plain = CompiledLayer.dense(
      ports, weights: weights, bias: bias, relu: false, updates: false, context: context)
    layer.parameters = plain.parameters
    guard replacement.drop > 0 else {
      (layer.forward, layer.backward) = (plain.forward, plain.backward)
      return layer
    }
    let product = MaskedProduct(
      inputs: ports.input.shape.count, outputs: ports.output.shape.count,
      keptFactor: Float(1 / (1 - replacement.drop)),
      threshold: RandomBits.threshold(replacement.drop), stream: stream)
    let (input, output) = (ports.input, ports.output)
    // In training the plain stages have nothing to do.
    layer.forward =
      plain.forward.map { stage in
        Stage(stage.partition) { part, pass in
          if pass.trainingStep == nil { stage.perform(part, pass) }
        }
      } + [
        Stage(.lanes) { part, pass in
          guard let step = pass.trainingStep else { return }
          for sample in part.samples {
            product.forward(
              input.sample(sample), output.sample(sample), weights.base, bias?.base,
              sample: sample, step: step)
          }
        }
      ]
    let blocks = FixedBlocks(product.inputs, of: PhiloxLanes.groupSize)
    let (dy, dx) = (ports.outputGradient, ports.inputGradient)
    layer.backward =
      plain.backward.map { stage in
        Stage(stage.partition) { part, pass in
          if pass.trainingStep == nil { stage.perform(part, pass) }
        }
      } + [
        Stage(.blocks(blocks.count)) { part, pass in
          guard let step = pass.trainingStep else { return }
          if part.index == 0, let bias {
            sumRows(
              dy.base, count: pass.count, columns: product.outputs, stride: product.outputs,
              into: bias.gradientBase)
          }
          product.backward(
            x: input.base, dy: dy.base, dx: dx?.base, weights, columns: blocks[part.index],
            samples: pass.count, step: step)
        }
      ]
    return layer
  }
}

/// Products with masked weights.
private struct MaskedProduct {
  let inputs: Int
  let outputs: Int
  let keptFactor: Float
  let threshold: UInt32
  let stream: RandomStream

  /// The bits of a sample's masks: the sample's number lies above all numbers of steps.
  private func lanes(_ sample: Int, _ step: UInt64) -> PhiloxLanes {
    PhiloxLanes(stream, position: step | UInt64(sample) << 44)
  }

  private var groups: Int { PhiloxLanes.groups(covering: inputs) }

  /// One sample's outputs.
  func forward(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ w: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>?, sample: Int, step: UInt64
  ) {
    let lanes = lanes(sample, step)
    for output in 0..<outputs {
      let row = w + output * inputs
      var sum = Vector.zero
      for group in 0..<groups {
        let bits = lanes.group(output * groups + group)
        let first = group * PhiloxLanes.groupSize
        sum += kept(bits.0, product(x, row, first))
        sum += kept(bits.1, product(x, row, first + 8))
        sum += kept(bits.2, product(x, row, first + 16))
        sum += kept(bits.3, product(x, row, first + 24))
      }
      let four = sum.lowHalf + sum.highHalf
      let two = four.lowHalf + four.highHalf
      y[output] = (two[0] + two[1]) * keptFactor + (bias?[output] ?? 0)
    }
  }

  /// For some inputs, a group of the masks: dX = Σ_i δ_i·W_i∘M_i/(1 − τ) and dW_i = Σ_n δ_ni·x_n∘M_ni/(1 − τ).
  func backward(
    x: UnsafePointer<Float>, dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>?,
    _ weights: Parameter, columns: Range<Int>, samples: Int, step: UInt64
  ) {
    let first = columns.lowerBound
    for output in 0..<outputs {
      (weights.gradientBase + output * inputs + first).update(repeating: 0, count: columns.count)
    }
    for sample in 0..<samples {
      let lanes = lanes(sample, step)
      let source = x + sample * inputs
      let target = dx.map { $0 + sample * inputs }
      if let target { (target + first).update(repeating: 0, count: columns.count) }
      for output in 0..<outputs {
        let bits = lanes.group(output * groups + first / PhiloxLanes.groupSize)
        let delta = Vector(repeating: dy[sample * outputs + output] * keptFactor)
        let row = weights.base + output * inputs
        let gradient = weights.gradientBase + output * inputs
        for word in 0..<4 where first + 8 * word < columns.upperBound {
          let column = first + 8 * word
          let bits = word == 0 ? bits.0 : word == 1 ? bits.1 : word == 2 ? bits.2 : bits.3
          add(kept(bits, load(source + column)) * delta, gradient, column)
          if let target { add(kept(bits, load(row + column)) * delta, target, column) }
        }
      }
    }
  }

  @inline(__always)
  private func add(_ value: Vector, _ target: UnsafeMutablePointer<Float>, _ column: Int) {
    store(load(target + column) + value, target + column, column: column, of: inputs)
  }

  /// x∘w of eight inputs; 0 behind the last.
  @inline(__always)
  private func product(
    _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ column: Int
  ) -> Vector {
    guard column < inputs else { return .zero }
    let count = min(8, inputs - column)
    return load(x + column, first: count) * load(w + column, first: count)
  }

  @inline(__always)
  private func kept(_ bits: SIMD8<UInt32>, _ value: Vector) -> Vector {
    value.replacing(with: 0, where: bits .< SIMD8(repeating: threshold))
  }
}

extension DenseReplacementCompiler {
  func visit(_ dropConnect: DropConnect) -> CompiledLayer {
    let (weights, bias) = layer.linearParameters
    return .dropConnect(
      dropConnect, layer.ports, weights: weights, bias: bias,
      stream: layer.context.root.stream(.mask, "\(layer.place.name).weight"),
      context: layer.context)
  }
}
