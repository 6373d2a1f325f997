import Model

/// Turns a network's specification into layers on the memory of one arena.
struct NetworkCompiler {
  /// What compiling gives.
  struct Product {
    var input: FeatureMaps
    var output: FeatureMaps
    var outputGradient: FeatureMaps
    var layers: [any Layer] = []
  }

  let context: LayerContext

  /// Compiles every layer, from input to output. A ReLU right behind a linear layer becomes part
  /// of it, and noise behind a linear layer works in place.
  func compile(_ spec: NetworkSpec) throws(EngineError) -> Product {
    let placed = try places(of: spec)
    let input = context.maps(spec.input)
    var product = Product(input: input, output: input, outputGradient: input)
    var gradient: FeatureMaps?
    var index = 0
    while index < placed.count {
      let place = placed[index]
      let relu = canFuseRelu(place) && index + 1 < placed.count && isRelu(placed[index + 1])
      let inPlace = index > 0 && isNoise(place) && allowsNoiseInPlace(behind: placed, index)
      let ports = LayerPorts(
        input: product.output, output: inPlace ? product.output : context.maps(place.output),
        inputGradient: gradient,
        outputGradient: inPlace ? product.outputGradient : context.maps(place.output))
      let layer = try compile(place, ports, relu: relu)
      product.layers.append(layer)
      product.output = ports.output
      product.outputGradient = ports.outputGradient
      // Below the first layer that learns, nobody reads gradients.
      if gradient != nil || !layer.parameters.isEmpty { gradient = ports.outputGradient }
      index += relu ? 2 : 1
    }
    return product
  }

  private func places(of spec: NetworkSpec) throws(EngineError) -> [NetworkSpec.PlacedLayer] {
    guard !spec.layers.isEmpty else { throw EngineError.empty(network: spec.name) }
    do {
      return try spec.placedLayers()
    } catch {
      throw EngineError.shape(error)
    }
  }

  private func compile(
    _ place: NetworkSpec.PlacedLayer, _ ports: LayerPorts, relu: Bool
  ) throws(EngineError) -> any Layer {
    switch place.layer {
    case .convolution(let spec) where spec.groups == 1 && spec.replacement == nil:
      let (weights, bias) = linearParameters(place)
      return ConvolutionLayer(
        spec, ports, weights: weights, bias: bias, relu: relu, context: context)
    case .dense(let spec):
      let (weights, bias) = linearParameters(place)
      switch spec.replacement {
      case nil:
        return DenseLayer(ports, weights: weights, bias: bias, relu: relu)
      case .shakeout(let shakeout):
        return ShakeoutDenseLayer(
          shakeout, ports, weights: weights, bias: bias,
          stream: context.root.stream(.mask, "\(place.name).input"), context: context)
      }
    case .pooling(let spec):
      return PoolingLayer(spec, ports)
    case .activation(let spec):
      return ActivationLayer(spec, ports)
    case .unitNoise(let noise):
      // The layer is named after its site, which the stream is for.
      return UnitNoiseLayer(
        noise, ports, stream: context.root.stream(.mask, place.name), context: context)
    default:
      throw EngineError.unsupported(layer: place.name, kind: place.layer.kind)
    }
  }

  private func linearParameters(_ place: NetworkSpec.PlacedLayer) -> (Parameter, Parameter?) {
    let parameters = place.parameters.map { context.parameter($0) }
    return (parameters[0], parameters.count > 1 ? parameters[1] : nil)
  }

  private func isRelu(_ place: NetworkSpec.PlacedLayer) -> Bool {
    place.layer == .activation(ActivationSpec(.relu))
  }

  private func isNoise(_ place: NetworkSpec.PlacedLayer) -> Bool {
    if case .unitNoise = place.layer { true } else { false }
  }

  /// Whether noise may overwrite the output of the layer before it: a linear layer never reads its
  /// output again, and a ReLU inside it only asks which units are above 0, where a dropped unit has
  /// no gradient anyway.
  private func allowsNoiseInPlace(behind placed: [NetworkSpec.PlacedLayer], _ index: Int) -> Bool {
    if isRelu(placed[index - 1]) { return index > 1 && canFuseRelu(placed[index - 2]) }
    return canFuseRelu(placed[index - 1])
  }

  private func canFuseRelu(_ place: NetworkSpec.PlacedLayer) -> Bool {
    switch place.layer {
    case .convolution: true
    case .dense(let spec): spec.replacement == nil
    default: false
    }
  }
}
