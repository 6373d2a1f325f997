import Model

/// A dense layer under Shakeout: U = (X∘R)·Wᵀ + c·(X∘(R − 1))·Sᵀ + b in training, with the masks that
/// Dropout would draw at the same site, and the plain product in evaluation.
///
/// The first product is a `DenseLayer`'s on X∘R and the second is left out where it is zero, so
/// c = 0 gives the bits of Dropout before a dense layer, and τ = 0 those of the dense layer.
final class ShakeoutDenseLayer: Layer {
  let parameters: [Parameter]
  let forwardStages: [Stage]
  let backwardStages: [Stage]

  /// A layer in place of `DenseLayer(ports, weights, bias)`; `stream` is that of the masks at its
  /// input.
  init(
    _ shakeout: Shakeout, _ ports: LayerPorts, weights: Parameter, bias: Parameter?,
    stream: RandomStream, context: LayerContext
  ) {
    let plain = DenseLayer(ports, weights: weights, bias: bias, relu: false)
    parameters = plain.parameters
    guard shakeout.drop > 0 else {
      (forwardStages, backwardStages) = (plain.forwardStages, plain.backwardStages)
      return
    }
    let units = ports.input.shape.count
    let mask = DropMask(drop: shakeout.drop, units: units, stream: stream, context: context)
    var maskedPorts = ports
    maskedPorts.input = context.maps(ports.input.shape)
    let masked = DenseLayer(maskedPorts, weights: weights, bias: bias, relu: false)
    let products = zip(plain.forwardStages, masked.forwardStages).map(Self.choice)
    guard shakeout.c > 0 else {
      forwardStages = [Self.drawing(mask, ports.input, maskedPorts.input, excess: nil)] + products
      backwardStages = masked.backwardStages + Self.maskedGradient(mask, ports.inputGradient)
      return
    }
    let branch = SignBranch(
      inputs: units, outputs: ports.output.shape.count, c: Float(shakeout.c),
      tanhScale: Float(shakeout.tanhScale), weights: weights.base,
      weightGradient: weights.gradientBase, excess: context.maps(ports.input.shape).base,
      y: ports.output.base, dy: ports.outputGradient.base, dx: ports.inputGradient?.base,
      mask: mask)
    context.needScratch(branch.scratchFloats(capacity: context.lanes.capacity))
    forwardStages =
      [Self.drawing(mask, ports.input, maskedPorts.input, excess: branch.excess)]
      + products + [Self.addingSignProduct(branch)]
    let blocks = FixedBlocks(units, of: SignBranch.inputBlock)
    backwardStages =
      masked.backwardStages + [
        Stage(.blocks(blocks.count)) { part, pass in
          branch.addBackward(
            count: pass.count, inputs: blocks[part.index], scratch: part.scratch)
        }
      ]
  }

  /// The masked product in training, the plain one in evaluation.
  private static func choice(_ plain: Stage, _ masked: Stage) -> Stage {
    Stage(plain.partition) { part, pass in
      (pass.drawsNoise ? masked : plain).perform(part, pass)
    }
  }

  /// Draws the masks and forms X∘R and, where asked for, X∘(R − 1).
  private static func drawing(
    _ mask: DropMask, _ input: FeatureMaps, _ kept: FeatureMaps,
    excess: UnsafeMutablePointer<Float>?
  ) -> Stage {
    Stage(.lanes) { part, pass in
      guard let step = pass.trainingStep else { return }
      mask.draw(step: step, samples: part.samples)
      for sample in part.samples {
        guard let excess else {
          mask.multiply(input.sample(sample), into: kept.sample(sample), sample: sample)
          continue
        }
        mask.split(
          input.sample(sample), kept: kept.sample(sample), excess: excess + sample * mask.units,
          sample: sample)
      }
    }
  }

  /// dX ← dX∘R.
  private static func maskedGradient(_ mask: DropMask, _ gradient: FeatureMaps?) -> [Stage] {
    guard let gradient else { return [] }
    return [
      Stage(.lanes) { part, _ in
        for sample in part.samples {
          mask.multiply(gradient.sample(sample), into: gradient.sample(sample), sample: sample)
        }
      }
    ]
  }

  private static func addingSignProduct(_ branch: SignBranch) -> Stage {
    if branch.outputs < DenseLayer.narrow {
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
