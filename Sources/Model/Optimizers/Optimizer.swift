import Canonical

/// How gradients move the weights.
package enum Optimizer: ConfigObject, Hashable {
  /// Stochastic gradient descent.
  case sgd(SGD)
  case adam(Adam)

  private enum Rule: String, CaseIterable {
    case sgd, adam

    var type: any Configurable.Type {
      switch self {
      case .sgd: SGD.self
      case .adam: Adam.self
      }
    }
  }

  /// The keys of all rules; which of them an object can have depends on its name.
  package static var keys: [ConfigKey] { Rule.allCases.flatMap { $0.type.keys } }

  package static var schema: JSONValue { Schema.anyOf(Rule.allCases.map { $0.type.schema }) }

  /// Reads an object with the `name` of the rule (`"sgd"` where none is given) and its keys.
  package init(reading reader: ObjectReader) {
    let name = reader.string("name", default: SGD.name)
    switch Rule(rawValue: name) {
    case .sgd: self = .sgd(SGD(reading: reader))
    case .adam: self = .adam(Adam(reading: reader))
    case nil:
      reader.reportUnknown(
        name, of: "optimizer", Rule.allCases.map(\.rawValue), reader.location(of: "name"))
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
