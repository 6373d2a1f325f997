import Model

extension CompiledLayer {
  /// A dense layer under Shakeout: U = (X∘R)·Wᵀ + c·(X∘(R − 1))·Sᵀ + b in training, with the masks that
  /// Dropout would draw at the same site, and the plain product in evaluation.
  ///
  /// The first product is a `DenseLayer`'s on X∘R and the second is left out where it is zero, so
  /// c = 0 gives the bits of Dropout before a dense layer, and τ = 0 those of the dense layer.
  static func shakeoutDense(
    _ shakeout: Shakeout, _ ports: LayerPorts, weights: Parameter, bias: Parameter?,
    stream: RandomStream, context: LayerContext
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "ShakeoutDense")
    let plain = CompiledLayer.dense(
      ports, weights: weights, bias: bias, relu: false, updates: false, context: context)
    layer.parameters = plain.parameters
    guard shakeout.drop > 0 else {
      (layer.forward, layer.backward) = (plain.forward, plain.backward)
      return layer
    }
    let units = ports.input.shape.count
    let mask = DropMask(
      drop: shakeout.drop, units: units, stream: stream, context: context, isInverted: true)
    var maskedPorts = ports
    maskedPorts.input = context.maps(ports.input.shape)
    let masked = CompiledLayer.dense(
      maskedPorts, weights: weights, bias: bias, relu: false, updates: false, context: context)
    let products = zip(plain.forward, masked.forward).map(Self.choice)
    guard shakeout.c > 0 else {
      layer.forward = [mask.drawing(ports.input, kept: maskedPorts.input, excess: nil)] + products
      layer.backward = masked.backward + mask.masking(ports.inputGradient)
      return layer
    }
    let excess = context.maps(ports.input.shape)
    let branch = SignBranch(
      inputs: units, outputs: ports.output.shape.count, c: Float(shakeout.c),
      tanhScale: Float(shakeout.tanhScale), weights: weights.base,
      weightGradient: weights.gradientBase, excess: excess.base,
      y: ports.output.base, dy: ports.outputGradient.base, dx: ports.inputGradient?.base,
      mask: mask)
    context.needScratch(branch.scratchFloats(capacity: context.lanes.capacity))
    layer.forward =
      [mask.drawing(ports.input, kept: maskedPorts.input, excess: excess)]
      + products + [Self.addingSignProduct(branch)]
    let blocks = FixedBlocks(units, of: SignBranch.inputBlock)
    layer.backward =
      masked.backward + [
        Stage(.blocks(blocks.count)) { part, pass in
          branch.addBackward(
            count: pass.count, inputs: blocks[part.index], scratch: part.scratch)
        }
      ]
    return layer
  }

  /// The masked product in training, the plain one in evaluation.
  private static func choice(_ plain: Stage, _ masked: Stage) -> Stage {
    Stage(plain.partition) { part, pass in
      (pass.drawsNoise ? masked : plain).perform(part, pass)
    }
  }

  private static func addingSignProduct(_ branch: SignBranch) -> Stage {
    if branch.outputs < DenseShape.narrow {
      return Stage(.lanes) { part, pass in
        guard pass.drawsNoise else { return }
        branch.addForward(
          rows: part.samples, outputs: 0..<branch.outputs, scratch: part.scratch)
      }
    }
    let outputs = FixedBlocks(branch.outputs, of: SignBranch.outputBlock)
    return Stage(.blocks(outputs.count)) { part, pass in
      guard pass.drawsNoise else { return }
      branch.addForward(
        rows: 0..<pass.count, outputs: outputs[part.index], scratch: part.scratch)
    }
  }
}

extension DenseReplacementCompiler {
  func visit(_ shakeout: Shakeout) -> CompiledLayer {
    let (weights, bias) = layer.linearParameters
    return .shakeoutDense(
      shakeout, layer.ports, weights: weights, bias: bias, stream: layer.maskStream,
      context: layer.context)
  }
}
