import Canonical

/// A network as a config chooses it: a family and its parameters, or layers one by one, still
/// without input shape and number of classes, which the data set gives.
package struct NetworkChoice: Hashable, Sendable {
  /// The family with its parameters.
  package let family: any NetworkFamily

  package init(_ family: some NetworkFamily) { self.family = family }

  /// All families, one line each, in the order of listings.
  package static let families: [any NetworkFamily.Type] = [
    MLP.self,
    LeNet.self,
    AlexFastNet.self,
    WideResNet.self,
    ResNet.self,
    ResNet18.self,
    PreResNet.self,
    DenseNetBC.self,
    ResNeXt.self,
    VGG.self,
    AlexNet32.self,
    AlexNetCaffe.self,
    DropActSimple.self,
    Autoencoder.self,
    RegressionMLP.self,
    DCGANGenerator.self,
    DCGANDiscriminator.self,
  ]

  /// The networks that listings show.
  package static let references: [NetworkReference] = families.flatMap { $0.references }

  /// Names for listings and suggestions; families take other parameters too.
  package static let names: [String] = references.map(\.choice.name).unique

  /// Reads `"lenet"`, an object with `"name"` and the family's parameters, or
  /// `{"layers": [{"kind": "convolution", "name": "conv1", …}, …]}`.
  package init(reading value: JSONValue, _ diagnostics: DiagnosticCollector) {
    var object = value
    if let name = value.stringValue {
      object = JSONValue(
        .object([.init("name", JSONValue(.string(name), at: value.location))]), at: value.location)
    }
    self.init(reading: ObjectReader(object, diagnostics))
  }

  /// Reads the object form.
  package init(reading reader: ObjectReader) { family = Self.read(reader) }

  private static func read(_ reader: ObjectReader) -> any NetworkFamily {
    if reader.value["layers"] != nil { return LayerList(reading: reader) }
    let name = reader.string("name")
    guard let type = type(of: name) else {
      if reader.value["name"] != nil {
        let known = names + families.map { $0.family }.filter { !names.contains($0) }
        reader.reportUnknown(name, of: "network", known, reader.location(of: "name"))
      }
      return LeNet()
    }
    switch FamilyReader.numbers(in: name, of: type, reader) {
    case .wrong: return LeNet()
    case .none: return type.init(reading: reader)
    case .numbers(let numbers):
      return type.init(reading: reader.knowing(ObjectReader.Said(text: name, numbers: numbers)))
    }
  }

  /// The JSON Schema of a network: its name alone, or the object of a family with its keys, or layers
  /// one by one.
  package static var schema: JSONValue {
    let named = families.map { type in
      let form = JSONValue.object([
        "type": .string("string"), "pattern": .string(pattern(of: type)),
      ])
      return Schema.object([ConfigKey("name", .required, "the network", schema: form)] + type.keys)
    }
    return Schema.anyOf([nameSchema] + named + [LayerList.schema])
  }

  /// The JSON Schema of a network's name.
  package static var nameSchema: JSONValue {
    .object([
      "type": .string("string"), "pattern": .string(pattern),
      "examples": .array(names.map { .string($0) }),
    ])
  }

  /// A regular expression that the names of all networks match.
  package static var pattern: String {
    families.map { pattern(of: $0) }.joined(separator: "|")
  }

  /// A regular expression that the names of a family's networks match.
  package static func pattern(of family: any NetworkFamily.Type) -> String {
    guard !family.parameterForm.isEmpty else { return "^\(family.family)$" }
    return "^\(family.family)(-[0-9]+([-x][0-9]+)*)?$"
  }

  /// The family of a name: the one whose own name is the longest beginning of it.
  static func type(of name: String) -> (any NetworkFamily.Type)? {
    families.filter { name == $0.family || name.hasPrefix("\($0.family)-") }
      .max { $0.family.count < $1.family.count }
  }

  /// The name of the family that a network's name belongs to: `wrn` for `wrn-16-4`.
  package static func familyName(of name: String) -> String? { type(of: name)?.family }

  /// Images in an update of a named network, as `bench` trains it; nil for unknown names.
  package static func usualBatch(of name: String) -> Int? { type(of: name)?.usualBatch }

  /// The network's name, for example `wrn-16-4`.
  package var name: String { family.name }

  /// The input of the family's first listed network; for lists of layers, MNIST's.
  package var usualInput: FeatureShape {
    Swift.type(of: family).references.first?.input ?? .mnistImage
  }

  /// The choice in canonical form: every parameter written out.
  package var json: JSONValue { .object([.init("name", .string(name))] + family.jsonMembers) }

  /// The name, with what tells the choice from others of the same name:
  /// `resnet-110 shortcut=A`.
  package func label(among others: [NetworkChoice]) -> String {
    let namesakes = others.filter { $0.name == name }
    let telling = family.jsonMembers.filter { member in
      namesakes.contains { $0.json[member.name] != member.value }
    }
    return ([name] + telling.map { "\($0.name)=\($0.value.stringValue ?? $0.value.canonicalText)" })
      .joined(separator: " ")
  }

  /// The network for an input and a number of classes.
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    family.network(input: input, classes: classes)
  }

  /// Choices are equal when their canonical forms are.
  package static func == (a: NetworkChoice, b: NetworkChoice) -> Bool { a.json == b.json }

  package func hash(into hasher: inout Hasher) { hasher.combine(json.canonicalText) }
}

extension NetworkChoice {
  /// Fully connected layers.
  package static func mlp(
    hidden: [Int], activation: ActivationSpec.Function
  ) -> NetworkChoice {
    NetworkChoice(MLP(hidden: hidden, activation: ActivationSpec(activation)))
  }

  /// The Shakeout paper's convolutional network.
  package static let lenet = NetworkChoice(LeNet())
}
