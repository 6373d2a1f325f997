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
    var layers: [CompiledLayer]
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
  private var arrays = NetworkArrays()
  private var outputs: [String: FeatureMaps] = [:]
  /// In the order of the backward pass.
  private var layers: [CompiledLayer] = []

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
    for parameter in learned { arrays.parameters[parameter.spec.name] = parameter }
    for statistic in measured { arrays.statistics[statistic.spec.name] = statistic }
    for place in places {
      if case .unitNoise = place.layer { arrays.noiseSites.insert(place.name) }
    }
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
    layers.append(.residualFork(gradient: target.maps, adding: part.maps))
    pool.release(part)
    return GradientPool.Gradient(maps: target.maps, lacking: lacking)
  }

  /// The gradient after a layer that adds what it lacks.
  private func completed(_ gradient: GradientPool.Gradient) -> GradientPool.Gradient {
    guard let lacking = gradient.lacking else { return gradient }
    layers.append(.gradientCompletion(gradient.maps, lacking))
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
      layers.append(place.layer.accept(compiler(place, ports, relu: relu, link)))
    case .normalized(let joined, let convolution, let relu):
      let normalization = compiler(joined.place, ports, relu: false, link).normalization(
        joined.spec)
      let activation = inputActivation(joined)
      ports.normalization = InputNormalization(
        normalization: normalization, activation: activation)
      let product = convolution.layer.accept(compiler(convolution, ports, relu: relu, link))
      layers.append(.normalizedConvolution(normalization, activation, product))
      return LackingGradient(
        moments: normalization.moments, channels: 0..<link.input.shape.channels)
    case .copy:
      layers.append(.copy(ports))
    case .residual(let body, let shortcut):
      layers.append(
        .residualSum(
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
            .residualFork(gradient: inputGradient.maps, adding: outputGradient.maps))
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

  /// What stands between a normalization and the convolution that applies it.
  private func inputActivation(_ joined: NetworkPlan.Joined) -> InputActivation {
    guard let place = joined.activation, case .activation(let spec) = place.layer else {
      return .identity
    }
    if spec.replacement == nil, joined.noise == nil { return .relu }
    var activation = InputMask.Activation.relu
    if let replacement = spec.replacement {
      activation = replacement.accept(InputActivationCompiler(place: place, context: context))
    }
    let noise = joined.noise.map { place -> InputMask.Noise in
      guard case .unitNoise(let noise) = place.layer,
        let read = noise.accept(UnitNoiseCompiler(place, context: context)).inputNoise
      else { preconditionFailure("\(place.name) cannot be computed while it is read") }
      return read
    }
    return .masked(
      InputMask(place.input, activation: activation, noise: noise, context: context))
  }

  private func compiler(
    _ place: PlacedLayer, _ ports: LayerPorts, relu: Bool, _ link: NetworkPlan.Link
  ) -> LayerCompiler {
    LayerCompiler(
      place: place, ports: ports, relu: relu, measured: link.measured, arrays: arrays,
      gradients: pool, context: context)
  }
}

extension NetworkPlan.Link {
  /// Whether the link can add its input's gradient to what is there.
  var canAccumulate: Bool {
    switch content {
    case .layer(let place, _): place.layer.traits.addsGradient
    case .copy, .concatenation, .normalized: true
    case .residual(let body, _): body.first?.canAccumulate ?? false
    }
  }

  /// Whether the link adds what its output's gradient lacks. A concatenation leaves that to its body
  /// and to the readers of the other channels.
  var completesGradient: Bool {
    switch content {
    case .layer(let place, _): place.layer.traits.joinsNormalization
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
