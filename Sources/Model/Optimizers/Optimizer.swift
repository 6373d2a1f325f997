import Canonical

/// How gradients move the weights.
public enum Optimizer: Hashable, Sendable {
  /// Stochastic gradient descent.
  case sgd(SGD)
  /// Adam.
  case adam(Adam)

  /// Reads an object with the `name` of the rule (`"sgd"` where none is given) and its keys.
  public init(reading reader: ObjectReader) {
    switch reader.string("name", default: "sgd") {
    case "adam": self = .adam(Adam(reading: reader))
    case "sgd": self = .sgd(SGD(reading: reader))
    case let name:
      reader.reportUnknown(name, of: "optimizer", ["sgd", "adam"], reader.location(of: "name"))
      self = .sgd(SGD(style: .pytorch))
    }
  }

  /// The canonical form.
  public var json: JSONValue {
    switch self {
    case .sgd(let sgd): sgd.json
    case .adam(let adam): adam.json
    }
  }

  /// Factors for the parameters that patterns match; Adam has none.
  public var multipliers: [SGD.Multiplier] {
    switch self {
    case .sgd(let sgd): sgd.multipliers
    case .adam: []
    }
  }
}
