import Canonical

/// How gradients move the weights.
package enum Optimizer: Hashable, Sendable {
  /// Stochastic gradient descent.
  case sgd(SGD)
  case adam(Adam)

  /// Reads an object with the `name` of the rule (`"sgd"` where none is given) and its keys.
  package init(reading reader: ObjectReader) {
    switch reader.string("name", default: "sgd") {
    case "adam": self = .adam(Adam(reading: reader))
    case "sgd": self = .sgd(SGD(reading: reader))
    case let name:
      reader.reportUnknown(name, of: "optimizer", ["sgd", "adam"], reader.location(of: "name"))
      self = .sgd(SGD(style: .pytorch))
    }
  }

  package var json: JSONValue {
    switch self {
    case .sgd(let sgd): sgd.json
    case .adam(let adam): adam.json
    }
  }

  /// Factors for the parameters that patterns match; Adam has none.
  package var multipliers: [SGD.Multiplier] {
    switch self {
    case .sgd(let sgd): sgd.multipliers
    case .adam: []
    }
  }
}
