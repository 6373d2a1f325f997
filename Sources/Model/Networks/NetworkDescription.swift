import Canonical

/// Everything there is to know of a network without its weights, enough to build it elsewhere:
/// layers with their hyper-parameters, shapes, parameters and counts, and the sites.
package struct NetworkDescription: Sendable {
  package let spec: NetworkSpec
  /// What a config writes to get it, if that is known.
  package let choice: NetworkChoice?
  /// The layers as they are nested.
  package let tree: [PlacedLayer]
  /// How many numbers the network learns.
  package let parameters: Int
  /// Multiply-adds of one sample's forward pass.
  package let multiplyAdds: Int

  /// - Throws: `ShapeError` where a layer does not fit its input.
  package init(_ spec: NetworkSpec, choice: NetworkChoice? = nil) throws(ShapeError) {
    self.spec = spec
    self.choice = choice
    tree = try spec.placedTree()
    parameters = try spec.parameterCount()
    multiplyAdds = try spec.multiplyAdds()
  }

  /// Every layer, those inside a residual addition or a concatenation before it.
  package var layers: [PlacedLayer] { tree.flatMap(\.flattened) }

  /// The description. Shapes of samples are `[channels, height, width]`, shapes of parameters
  /// PyTorch's; `settings` has the keys of a config, `written_out` is what a config writes to have the
  /// network layer by layer.
  package var json: JSONValue {
    .object([
      "name": .string(spec.name), "config": choice?.json ?? .null, "input": Self.json(spec.input),
      "output": Self.json(tree.last?.output ?? spec.input),
      "output_meaning": .string(spec.output.rawValue),
      "parameters": .number(parameters), "multiply_adds": .number(multiplyAdds),
      "sites": Self.json(spec.linearSites), "default_sites": Self.json(spec.defaultSites),
      "activation_sites": Self.json(spec.activationSites),
      "layers": .array(tree.map(Self.json)), "written_out": writtenOut.json,
    ])
  }

  /// The same network as a config writes it layer by layer, under a name that no family has.
  package var writtenOut: NetworkChoice {
    NetworkChoice(
      LayerList(
        name: "own-\(spec.name)", layers: spec.layers, output: spec.output,
        sites: spec.defaultSites.isEmpty ? nil : spec.defaultSites))
  }

  private static func json(_ names: [String]) -> JSONValue { .array(names.map { .string($0) }) }

  private static func json(_ shape: FeatureShape) -> JSONValue {
    .array([.number(shape.channels), .number(shape.height), .number(shape.width)])
  }

  private static func json(_ layer: PlacedLayer) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(layer.name)), .init("kind", .string(layer.layer.kind)),
      .init("settings", .object(settings(layer.layer))),
      .init("input", json(layer.input)), .init("output", json(layer.output)),
      .init("multiply_adds", .number(layer.multiplyAdds)),
      .init("parameters", .array(layer.parameters.map(json))),
    ]
    if !layer.statistics.isEmpty {
      members.append(.init("statistics", .array(layer.statistics.map(json))))
    }
    for (key, branch) in zip(branchNames(layer.layer), layer.branches) {
      members.append(.init(key, .array(branch.map(json))))
    }
    return .object(members)
  }

  /// The hyper-parameters, without the layers inside, and what a regularizer has put in the place of
  /// the layer's function.
  private static func settings(_ layer: LayerSpec) -> [JSONValue.Member] {
    let names = branchNames(layer)
    let own = layer.spec.jsonMembers.filter { !names.contains($0.name) }
    return own + (layer.spec.replacedBy.map { [.init("replacement", $0.json)] } ?? [])
  }

  private static func branchNames(_ layer: LayerSpec) -> [String] {
    (layer.spec as? any CompositeKind).map { type(of: $0).branchNames } ?? []
  }

  private static func json(_ parameter: ParameterSpec) -> JSONValue {
    .object([
      "name": .string(parameter.name), "role": .string(parameter.role.rawValue),
      "shape": .array(parameter.shape.map { .number($0) }), "count": .number(parameter.count),
      "fan_in": .number(parameter.fanIn), "fan_out": .number(parameter.fanOut),
    ])
  }

  private static func json(_ statistic: StatisticSpec) -> JSONValue {
    .object([
      "name": .string(statistic.name), "shape": .array(statistic.shape.map { .number($0) }),
      "start": .number(statistic.start),
    ])
  }
}
