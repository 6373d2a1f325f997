import Model

/// Turns a network's specification into layers on the memory of one arena.
final class NetworkCompiler {
  /// What compiling gives; layers in an order in which they can go forward, and backward in
  /// reverse.
  struct Product {
    var input: FeatureMaps
    var output: FeatureMaps
    var outputGradient: FeatureMaps
    var inputGradient: FeatureMaps?
    var layers: [any Layer]
    var parameters: [Parameter]
    var statistics: [Statistic]
    /// What each layer writes, by name; one that is computed inside another has none of its own.
    var outputs: [String: FeatureMaps]
  }

  /// Where the gradient of a chain's input goes.
  private struct Target {
    var maps: FeatureMaps
    var accumulates = false
  }

  private let context: LayerContext
  private let pool: GradientPool
  private var parameters: [String: Parameter] = [:]
  private var statistics: [String: Statistic] = [:]
  /// The names of noise layers.
  private var noiseSites: Set<String> = []
  private var outputs: [String: FeatureMaps] = [:]
  /// In the order of the backward pass.
  private var layers: [any Layer] = []

  init(context: LayerContext) {
    self.context = context
    pool = GradientPool(context)
  }

  /// Compiles every layer. Memory of the forward pass is laid out from input to output; layers are
  /// made from output to input, so that gradients can share memory.
  /// - Parameter passesInputGradient: whether the gradient of the network's input is wanted too.
  func compile(
    _ spec: NetworkSpec, passesInputGradient: Bool = false
  ) throws(EngineError) -> Product {
    guard !spec.layers.isEmpty else { throw EngineError.empty(network: spec.name) }
    let tree: [PlacedLayer]
    do { tree = try spec.placedTree() } catch { throw EngineError.shape(error) }
    let places = tree.flatMap(\.flattened)
    let learned = places.flatMap(\.parameters).map { context.parameter($0) }
    let measured = places.flatMap(\.statistics).map { context.statistic($0) }
    for parameter in learned { parameters[parameter.spec.name] = parameter }
    for statistic in measured { statistics[statistic.spec.name] = statistic }
    for place in places { if case .unitNoise = place.layer { noiseSites.insert(place.name) } }
    let input = context.maps(spec.input)
    let inputGradient = passesInputGradient ? context.maps(spec.input) : nil
    let links = NetworkPlan(context: context).chain(
      tree, from: input, learnsBelow: passesInputGradient)
    let output = links.last?.output ?? input
    let gradient = context.maps(output.shape)
    compile(
      links, GradientPool.Gradient(maps: gradient), target: inputGradient.map { Target(maps: $0) })
    return Product(
      input: input, output: output, outputGradient: gradient, inputGradient: inputGradient,
      layers: layers.reversed(), parameters: learned, statistics: measured, outputs: outputs)
  }

  /// Compiles a chain from its end, given the gradient of its output.
  /// - Returns: the gradient of its input; nil where nobody needs it.
  @discardableResult
  private func compile(
    _ links: [NetworkPlan.Link], _ outputGradient: GradientPool.Gradient, target: Target?
  ) -> GradientPool.Gradient? {
    var gradient = outputGradient
    for (index, link) in links.enumerated().reversed() {
      let next = compile(link, gradient, target: index == 0 ? target : nil)
      guard let next else {
        // Nothing learns below, so nobody there looks at gradients.
        gradient = GradientPool.Gradient(maps: link.input)
        if index == 0 { return nil }
        continue
      }
      if next.maps.base != gradient.maps.base { pool.release(gradient) }
      gradient = next
    }
    return gradient
  }

  /// Compiles a link and returns the gradient of its input; nil where nobody needs it.
  private func compile(
    _ link: NetworkPlan.Link, _ given: GradientPool.Gradient, target: Target?
  ) -> GradientPool.Gradient? {
    let outputGradient = link.completesGradient ? given : completed(given)
    guard link.passesGradient else {
      _ = compile(link, outputGradient, inputGradient: nil)
      pool.release(outputGradient)
      return nil
    }
    if case .concatenation = link.content {
      // The body's share is added to the gradient that the input's channels have already.
      let channels = 0..<link.input.shape.channels
      let maps = outputGradient.maps.channels(channels)
      let own = compile(
        link, outputGradient, inputGradient: Target(maps: maps, accumulates: true))
      return GradientPool.Gradient(
        maps: maps, memory: outputGradient.memory,
        lacking: outputGradient.lacking?.channels(channels) ?? own)
    }
    if link.isInPlace || target == nil && outputGradient.memory != nil && link.addsToSharedGradient
    {
      let maps = outputGradient.maps.reshaped(to: link.input.shape) ?? outputGradient.maps
      let lacking = compile(
        link, outputGradient, inputGradient: Target(maps: maps, accumulates: !link.isInPlace))
      return GradientPool.Gradient(maps: maps, memory: outputGradient.memory, lacking: lacking)
    }
    guard let target else {
      var gradient = pool.take(link.input.shape)
      gradient.lacking = compile(
        link, outputGradient, inputGradient: Target(maps: gradient.maps))
      return gradient
    }
    guard target.accumulates, !link.canAccumulate else {
      let lacking = compile(link, outputGradient, inputGradient: target)
      return GradientPool.Gradient(maps: target.maps, lacking: lacking)
    }
    let part = pool.take(link.input.shape, stride: target.maps.stride)
    let lacking = compile(link, outputGradient, inputGradient: Target(maps: part.maps))
    layers.append(ResidualForkLayer(gradient: target.maps, adding: part.maps))
    pool.release(part)
    return GradientPool.Gradient(maps: target.maps, lacking: lacking)
  }

  /// The gradient after a layer that adds what it lacks.
  private func completed(_ gradient: GradientPool.Gradient) -> GradientPool.Gradient {
    guard let lacking = gradient.lacking else { return gradient }
    layers.append(GradientCompletionLayer(gradient.maps, lacking))
    var complete = gradient
    complete.lacking = nil
    return complete
  }

  /// Compiles a link into given memory.
  /// - Returns: what the gradient of its input lacks.
  private func compile(
    _ link: NetworkPlan.Link, _ outputGradient: GradientPool.Gradient, inputGradient: Target?
  ) -> LackingGradient? {
    var ports = LayerPorts(
      input: link.input, output: link.output, inputGradient: inputGradient?.maps,
      outputGradient: outputGradient.maps, accumulates: inputGradient?.accumulates ?? false,
      lacking: outputGradient.lacking)
    // The branches of a sum do not own its gradient.
    let shared = GradientPool.Gradient(maps: outputGradient.maps)
    for name in link.names { outputs[name] = link.output }
    switch link.content {
    case .layer(let place, let relu):
      layers.append(layer(place, ports, relu: relu, link))
    case .normalized(let place, let inner, let convolution, let relu):
      let normalization = normalization(place, link)
      ports.normalization = InputNormalization(normalization: normalization, relu: inner)
      layers.append(
        NormalizedConvolutionLayer(
          normalization, layer(convolution, ports, relu: relu, link)))
      return LackingGradient(
        moments: normalization.moments, channels: 0..<link.input.shape.channels)
    case .copy:
      layers.append(CopyLayer(ports))
    case .residual(let body, let shortcut):
      layers.append(
        ResidualSumLayer(
          body: body.last?.output ?? link.input, shortcut: shortcut.last?.output ?? link.input,
          output: link.output))
      let lacking = compile(body, shared, target: inputGradient)?.lacking
      guard let inputGradient else {
        compile(shortcut, shared, target: nil)
        return nil
      }
      guard !shortcut.isEmpty else {
        if inputGradient.maps.base != outputGradient.maps.base {
          layers.append(
            ResidualForkLayer(gradient: inputGradient.maps, adding: outputGradient.maps))
        }
        return lacking
      }
      let rest = Target(maps: inputGradient.maps, accumulates: true)
      return compile(shortcut, shared, target: rest)?.lacking ?? lacking
    case .concatenation(let body):
      let (old, all) = (link.input.shape.channels, link.output.shape.channels)
      let channels = old..<all
      return compile(
        body,
        GradientPool.Gradient(
          maps: outputGradient.maps.channels(channels),
          lacking: outputGradient.lacking?.channels(channels)),
        target: inputGradient)?.lacking
    }
    return nil
  }

  private func normalization(
    _ place: PlacedLayer, _ link: NetworkPlan.Link
  ) -> BatchNormalization {
    guard case .batchNormalization(let spec) = place.layer, let measured = link.measured else {
      preconditionFailure("\(place.name) is not a normalization that was planned")
    }
    let own = place.statistics.compactMap { statistics[$0.name] }
    func parameter(_ role: ParameterSpec.Role) -> Parameter? {
      place.parameters.first { $0.role == role }.flatMap { parameters[$0.name] }
    }
    return BatchNormalization(
      spec, link.input, moments: measured.moments, measuring: measured.stages,
      gain: parameter(.gain), shift: parameter(.shift), mean: own[0], variance: own[1],
      context: context)
  }

  private func layer(
    _ place: PlacedLayer, _ ports: LayerPorts, relu: Bool, _ link: NetworkPlan.Link
  ) -> any Layer {
    switch place.layer {
    case .convolution(let spec):
      let (weights, bias) = linearParameters(place)
      guard case .shakeout(let shakeout) = spec.replacement else {
        return convolutionLayer(
          spec, ports, weights: weights, bias: bias, relu: relu, context: context)
      }
      let signGradient = ports.inputGradient.map { pool.take($0.shape) }
      defer { if let signGradient { pool.release(signGradient) } }
      return ShakeoutConvolutionLayer(
        spec, shakeout, ports, weights: weights, bias: bias, signGradient: signGradient?.maps,
        stream: maskStream(of: place), context: context)
    case .dense(let spec):
      let (weights, bias) = linearParameters(place)
      switch spec.replacement {
      case nil:
        return DenseLayer(ports, weights: weights, bias: bias, relu: relu)
      case .shakeout(let shakeout):
        return ShakeoutDenseLayer(
          shakeout, ports, weights: weights, bias: bias, stream: maskStream(of: place),
          context: context)
      case .dropConnect(let dropConnect):
        return DropConnectLayer(
          dropConnect, ports, weights: weights, bias: bias,
          stream: context.root.stream(.mask, "\(place.name).weight"))
      }
    case .batchNormalization:
      return BatchNormalizationLayer(normalization(place, link), ports, relu: relu)
    case .pooling(let spec): return PoolingLayer(spec, ports)
    case .subsampling(let spec): return SubsamplingLayer(spec, ports)
    case .activation(let spec):
      let stream = context.root.stream(.mask, place.name)
      switch spec.replacement {
      case nil: return ActivationLayer(spec, ports)
      case .dropActivation(let replacement):
        return DropActivationLayer(replacement, of: spec, ports, stream: stream)
      case .rrelu(let replacement): return RReLULayer(replacement, ports, stream: stream)
      }
    case .globalAveragePooling: return GlobalAveragePoolingLayer(ports)
    case .localResponseNormalization(let spec):
      return LocalResponseNormalizationLayer(spec, ports, context: context)
    case .reshape: return ReshapeLayer(ports)
    case .transposedConvolution(let spec):
      let (weights, bias) = linearParameters(place)
      return TransposedConvolutionLayer(
        spec, ports, weights: weights, bias: bias, context: context)
    case .unitNoise(let noise):
      // The layer is named after its site, which the stream is for.
      return UnitNoiseLayer(
        noise, ports, stream: context.root.stream(.mask, place.name), context: context)
    case .residual, .concatenation:
      preconditionFailure("a composite is no layer of its own")
    }
  }

  /// The masks at a layer's input: those that noise at the same site would draw, unless there is such
  /// noise, which must not be drawn twice.
  private func maskStream(of place: PlacedLayer) -> RandomStream {
    let site = "\(place.name).input"
    return context.root.stream(.mask, noiseSites.contains(site) ? "\(site).replacement" : site)
  }

  private func linearParameters(_ place: PlacedLayer) -> (Parameter, Parameter?) {
    let own = place.parameters.compactMap { parameters[$0.name] }
    return (own[0], own.count > 1 ? own[1] : nil)
  }
}

extension NetworkPlan.Link {
  /// Whether the link can add its input's gradient to what is there.
  var canAccumulate: Bool {
    switch content {
    case .layer(let place, _): place.canAccumulate
    case .copy, .concatenation, .normalized: true
    case .residual(let body, _): body.first?.canAccumulate ?? false
    }
  }

  /// Whether the link adds what its output's gradient lacks. A concatenation leaves that to its body
  /// and to the readers of the other channels.
  var completesGradient: Bool {
    switch content {
    case .layer(let place, _): place.isPlainConvolution
    case .normalized: true
    case .concatenation(let body): body.last?.completesGradient ?? false
    case .copy, .residual: false
    }
  }

  /// Whether the link is a sum whose body can add its gradient to that of the sum, which is the
  /// other branch's: nothing has to be copied then. The body's last layer must have read the sum's
  /// gradient before its first one adds to it.
  var addsToSharedGradient: Bool {
    guard case .residual(let body, let shortcut) = content else { return false }
    return shortcut.isEmpty && body.count > 1 && body[0].canAccumulate
  }
}
