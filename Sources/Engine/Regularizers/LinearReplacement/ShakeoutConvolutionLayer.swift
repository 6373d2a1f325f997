import Model

extension CompiledLayer {
  /// A convolution under Shakeout (Kang, Li, Tao, eq. 15–18): U = (X∘R)∗W + c·(X∘(R − 1))∗S + b in
  /// training, with S = sgn W and the masks that Dropout would draw at the same site, one factor for
  /// each number of the input; the plain convolution in evaluation.
  ///
  /// The first product is a convolution's on X∘R and the second, another convolution's with the
  /// filters cS, is left out where it is zero: c = 0 gives the bits of Dropout before a convolution,
  /// and τ = 0 those of the convolution.
  /// - Parameters:
  ///   - signGradient: room for a gradient of the input's shape, without gaps, that nobody else uses
  ///     while this layer goes backward; nil where the input needs none.
  ///   - stream: that of the masks at the layer's input.
  static func shakeoutConvolution(
    _ spec: ConvolutionSpec, _ shakeout: Shakeout, _ ports: LayerPorts, weights: Parameter,
    bias: Parameter?, signGradient: FeatureMaps?, stream: RandomStream, context: LayerContext
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "ShakeoutConvolution")
    let plain = convolutionLayer(
      spec, ports, weights: weights, bias: bias, relu: false, context: context)
    layer.parameters = plain.parameters
    guard shakeout.drop > 0 else {
      layer.forward = plain.forward
      layer.backward = plain.backward
      layer.reduction = plain.reduction
      return layer
    }
    let mask = DropMask(
      drop: shakeout.drop, units: ports.input.shape.count, stream: stream, context: context,
      isInverted: true)
    var maskedPorts = ports
    maskedPorts.input = context.maps(ports.input.shape)
    let masked = convolutionLayer(
      spec, maskedPorts, weights: weights, bias: bias, relu: false, context: context)
    let products = zip(plain.forward, masked.forward).map { plain, masked in
      Stage(plain.partition) { part, pass in
        (pass.drawsNoise ? masked : plain).perform(part, pass)
      }
    }
    guard shakeout.c > 0 else {
      layer.forward = [mask.drawing(ports.input, kept: maskedPorts.input, excess: nil)] + products
      layer.backward = masked.backward + mask.masking(ports.inputGradient)
      layer.reduction = masked.reduction
      return layer
    }
    let signs = context.parameter(weights.spec)
    var signPorts = ports
    signPorts.input = context.maps(ports.input.shape)
    signPorts.inputGradient = signGradient
    let sign = convolutionLayer(
      spec, signPorts, weights: signs, bias: nil, relu: false, adds: true, context: context)
    let branch = SignFilters(shakeout, weights: weights, signs: signs)
    layer.forward =
      [
        branch.takingSigns,
        mask.drawing(ports.input, kept: maskedPorts.input, excess: signPorts.input),
      ] + products
      + sign.forward.map { stage in
        Stage(stage.partition) { part, pass in
          if pass.drawsNoise { stage.perform(part, pass) }
        }
      }
    layer.backward =
      masked.backward + sign.backward
      + Self.combining(mask, ports.inputGradient, signGradient)
    layer.reduction = masked.reduction + sign.reduction + [branch.addingGradient]
    return layer
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

extension ConvolutionReplacementCompiler {
  func visit(_ shakeout: Shakeout) -> CompiledLayer {
    let (weights, bias) = layer.linearParameters
    let signGradient = layer.ports.inputGradient.map { layer.gradients.take($0.shape) }
    defer { if let signGradient { layer.gradients.release(signGradient) } }
    return .shakeoutConvolution(
      spec, shakeout, layer.ports, weights: weights, bias: bias, signGradient: signGradient?.maps,
      stream: layer.maskStream, context: layer.context)
  }
}
