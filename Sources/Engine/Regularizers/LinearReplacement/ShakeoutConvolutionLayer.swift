import Model

/// A convolution under Shakeout (Kang, Li, Tao, eq. 15–18): U = (X∘R)∗W + c·(X∘(R − 1))∗S + b in
/// training, with S = sgn W and the masks that Dropout would draw at the same site, one factor for
/// each number of the input; the plain convolution in evaluation.
///
/// The first product is a convolution's on X∘R and the second, another convolution's with the
/// filters cS, is left out where it is zero: c = 0 gives the bits of Dropout before a convolution,
/// and τ = 0 those of the convolution.
final class ShakeoutConvolutionLayer: Layer {
  let parameters: [Parameter]
  let forwardStages: [Stage]
  let backwardStages: [Stage]
  let reductionStages: [Stage]

  /// - Parameters:
  ///   - signGradient: room for a gradient of the input's shape, without gaps, that nobody else uses
  ///     while this layer goes backward; nil where the input needs none.
  ///   - stream: that of the masks at the layer's input.
  init(
    _ spec: ConvolutionSpec, _ shakeout: Shakeout, _ ports: LayerPorts, weights: Parameter,
    bias: Parameter?, signGradient: FeatureMaps?, stream: RandomStream, context: LayerContext
  ) {
    let plain = convolutionLayer(
      spec, ports, weights: weights, bias: bias, relu: false, context: context)
    parameters = plain.parameters
    guard shakeout.drop > 0 else {
      forwardStages = plain.forwardStages
      backwardStages = plain.backwardStages
      reductionStages = plain.reductionStages
      return
    }
    let mask = DropMask(
      drop: shakeout.drop, units: ports.input.shape.count, stream: stream, context: context)
    var maskedPorts = ports
    maskedPorts.input = context.maps(ports.input.shape)
    let masked = convolutionLayer(
      spec, maskedPorts, weights: weights, bias: bias, relu: false, context: context)
    let products = zip(plain.forwardStages, masked.forwardStages).map { plain, masked in
      Stage(plain.partition) { part, pass in
        (pass.drawsNoise ? masked : plain).perform(part, pass)
      }
    }
    guard shakeout.c > 0 else {
      forwardStages = [Self.drawing(mask, ports.input, maskedPorts.input, excess: nil)] + products
      backwardStages = masked.backwardStages + Self.maskedGradient(mask, ports.inputGradient)
      reductionStages = masked.reductionStages
      return
    }
    let signs = context.parameter(weights.spec)
    var signPorts = ports
    signPorts.input = context.maps(ports.input.shape)
    signPorts.inputGradient = signGradient
    let sign = convolutionLayer(
      spec, signPorts, weights: signs, bias: nil, relu: false, adds: true, context: context)
    let branch = SignFilters(shakeout, weights: weights, signs: signs)
    forwardStages =
      [
        branch.takingSigns,
        Self.drawing(mask, ports.input, maskedPorts.input, excess: signPorts.input),
      ] + products
      + sign.forwardStages.map { stage in
        Stage(stage.partition) { part, pass in
          if pass.drawsNoise { stage.perform(part, pass) }
        }
      }
    backwardStages =
      masked.backwardStages + sign.backwardStages
      + Self.combining(mask, ports.inputGradient, signGradient)
    reductionStages = masked.reductionStages + sign.reductionStages + [branch.addingGradient]
  }

  /// Draws the masks and forms X∘R and, where asked for, X∘(R − 1).
  private static func drawing(
    _ mask: DropMask, _ input: FeatureMaps, _ kept: FeatureMaps, excess: FeatureMaps?
  ) -> Stage {
    Stage(.lanes) { part, pass in
      guard let step = pass.trainingStep else { return }
      mask.draw(step: step, samples: part.samples)
      for sample in part.samples {
        if let excess {
          mask.split(
            input.sample(sample), kept: kept.sample(sample), excess: excess.sample(sample),
            sample: sample)
        } else {
          mask.multiply(input.sample(sample), into: kept.sample(sample), sample: sample)
        }
      }
    }
  }

  /// dX ← R∘dX.
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

  /// dX ← R∘dX + (R − 1)∘H, where dX holds the gradient through W and H that through cS.
  private static func combining(
    _ mask: DropMask, _ gradient: FeatureMaps?, _ signGradient: FeatureMaps?
  ) -> [Stage] {
    guard let gradient, let signGradient else { return [] }
    return [
      Stage(.lanes) { part, _ in
        for sample in part.samples {
          mask.combine(
            gradient.sample(sample), signGradient.sample(sample), units: 0..<mask.units,
            sample: sample)
        }
      }
    ]
  }
}

/// The filters cS of a convolution under Shakeout and what their gradient does to W's.
private struct SignFilters {
  /// Filter elements of one part.
  private static let block = 4096

  let takingSigns: Stage
  let addingGradient: Stage

  init(_ shakeout: Shakeout, weights: Parameter, signs: Parameter) {
    let c = Float(shakeout.c)
    let k = Float(shakeout.tanhScale)
    let blocks = FixedBlocks(weights.values.count, of: Self.block)
    let (w, s) = (weights.base, signs.base)
    let (dw, ds) = (weights.gradientBase, signs.gradientBase)
    takingSigns = Stage(.blocks(blocks.count)) { part, pass in
      guard pass.drawsNoise else { return }
      for index in blocks[part.index] { s[index] = w[index] > 0 ? c : w[index] < 0 ? -c : 0 }
    }
    // The stand-in D = k·(1 − tanh²(kW)) for the derivative of the sign.
    addingGradient = Stage(.blocks(blocks.count)) { part, _ in
      let range = blocks[part.index]
      for index in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
        let slope = VectorMath.tanhDerivative(Vector(repeating: k) * load(w + index)) * (c * k)
        let sum = load(dw + index).addingProduct(slope, load(ds + index))
        store(sum, dw + index, column: index, of: range.upperBound)
      }
    }
  }
}
