import Canonical

/// A network as a config chooses it: a family and its parameters, still without input shape and
/// number of classes, which the data set gives.
public enum NetworkChoice: Hashable, Sendable {
  /// `{"name": "mlp", "hidden": [4096], "activation": "relu"}`.
  case mlp(hidden: [Int], activation: ActivationSpec.Function)
  /// `{"name": "lenet"}`.
  case lenet

  /// The families' names, for listings and suggestions.
  public static let names = ["lenet", "mlp"]

  /// Reads `"lenet"` or an object with `"name"` and the family's parameters.
  public init(reading value: JSONValue, _ diagnostics: DiagnosticCollector) {
    var object = value
    if let name = value.stringValue {
      object = JSONValue(
        .object([.init("name", JSONValue(.string(name), at: value.location))]), at: value.location)
    }
    let reader = ObjectReader(object, diagnostics)
    let name = reader.string("name")
    switch name {
    case "mlp":
      self = .mlp(
        hidden: Self.hiddenUnits(reader), activation: reader.choice("activation", default: .relu))
    case "lenet": self = .lenet
    default:
      reader.reportUnknown(name, of: "network", Self.names, reader.location(of: "name"))
      self = .lenet
      return
    }
    reader.finish()
  }

  private static func hiddenUnits(_ reader: ObjectReader) -> [Int] {
    guard let list = reader.raw("hidden") else { return [4096] }
    let units = list.elements?.compactMap(\.intValue).filter { (1...1_048_576).contains($0) } ?? []
    guard let elements = list.elements, !units.isEmpty, units.count == elements.count else {
      reader.report("\"hidden\" must list unit counts, for example [4096]", key: "hidden")
      return [1]
    }
    return units
  }

  /// The family's name.
  public var name: String {
    switch self {
    case .mlp: "mlp"
    case .lenet: "lenet"
    }
  }

  /// The choice in canonical form: every parameter written out.
  public var json: JSONValue {
    switch self {
    case .mlp(let hidden, let activation):
      .object([
        "name": .string(name), "hidden": .array(hidden.map { .number($0) }),
        "activation": .string(activation.rawValue),
      ])
    case .lenet: .object(["name": .string(name)])
    }
  }

  /// The network for an input and a number of classes.
  public func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    switch self {
    case .mlp(let hidden, let activation):
      .mlp(input: input, hidden: hidden, activation: activation, classes: classes)
    case .lenet: .lenet(input: input, classes: classes)
    }
  }
}
