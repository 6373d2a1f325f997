import Canonical

/// How gradients move the weights.
package enum Optimizer: ConfigObject, Hashable {
  /// Stochastic gradient descent.
  case sgd(SGD)
  case adam(Adam)

  /// The keys of all rules; which of them an object can have depends on its name.
  package static var keys: [ConfigKey] { SGD.keys + Adam.keys }

  package static var schema: JSONValue { Schema.anyOf([SGD.schema, Adam.schema]) }

  /// Reads an object with the `name` of the rule (`"sgd"` where none is given) and its keys.
  package init(reading reader: ObjectReader) {
    switch reader.string("name", default: SGD.name) {
    case Adam.name: self = .adam(Adam(reading: reader))
    case SGD.name: self = .sgd(SGD(reading: reader))
    case let name:
      reader.reportUnknown(
        name, of: "optimizer", [SGD.name, Adam.name], reader.location(of: "name"))
      self = .sgd(.blank)
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
