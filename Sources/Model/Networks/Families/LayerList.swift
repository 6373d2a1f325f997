import Canonical

/// A network written layer by layer in a config:
/// `{"name": "small", "layers": [{"kind": "convolution", "name": "conv1", "outputs": 32, …}, …]}`.
package struct LayerList: NetworkFamily {
  /// `custom`, the name of a list that gives itself none.
  package static let family = "custom"
  package static let usualBatch = 64
  /// Lists are written, not listed.
  package static let references: [NetworkReference] = []

  /// The name in tables.
  package var name = family
  /// The layers from input to output.
  package var layers: [NamedLayer]
  /// What the output means.
  package var output = NetworkOutput.classScores
  /// Where regularizers attach by default; nil is the input of the last linear layer.
  package var sites: [String]?

  package static let blank = LayerList(layers: [])
  package static let fields: [Field<LayerList>] = [
    // The name is that of the network, which says it.
    Field([ConfigKey("name", .optional, "the name in tables", schema: Schema.string)]) {
      reader, list in
      list.name = reader.string("name", default: family)
      return true
    } write: { _ in
      []
    },
    .layers("layers", \.layers, .required, "the layers from input to output"),
    .choice("output", \.output, .optional, "what the output means"),
    .value(
      ConfigKey(
        "sites", .optional, "where regularizers attach by default",
        schema: Schema.list(of: Schema.string)),
      \.sites
    ) { reader, _ in
      reader.has("sites") ? reader.strings("sites") : nil
    } write: {
      $0.map { .array($0.map { .string($0) }) }
    },
  ]

  /// The layers count as given, whatever the number of classes.
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    NetworkSpec(name: name, input: input, layers: layers, output: output, defaultSites: sites)
  }

  package func check(_ reader: ObjectReader) {
    if let problem = NameProblem(in: name) {
      reader.report("the network's name \(problem.predicate)", key: "name")
    }
    if NetworkChoice.type(of: name) != nil {
      reader.report("\"\(name)\" is the name of a known network", key: "name")
    }
    let network = network(input: FeatureShape(vector: 1), classes: 1)
    if let name = network.repeatedName {
      reader.report("two layers are called \"\(name)\"", key: "layers")
    }
    if network.allLayers.count > 16_384 {
      reader.report("a network may have 16,384 layers", key: "layers")
    }
    for site in sites ?? [] where !network.linearSites.contains(site) {
      reader.reportUnknown(site, of: "site", network.linearSites, reader.location(of: "sites"))
    }
  }
}
