import Canonical

/// The costs among which a linear support vector machine's is chosen, by its error on the validation
/// images.
package struct SVMCosts: Sendable, Equatable {
  /// Ascending.
  package var values: [Double]

  /// What is tried where a study names no costs.
  package static let usual = SVMCosts(values: [0.01, 0.1, 1, 10])
  /// The cost where nothing is held out.
  package static let withoutValidation = 1.0

  fileprivate static let range = 1e-9...1e9

  package init(values: [Double]) { self.values = values }

  /// Reads a list of ascending numbers under `key`; the usual costs where there is none.
  fileprivate init(_ key: String, of reader: ObjectReader) {
    self = .usual
    guard let list = reader.raw(key) else { return }
    let numbers = (list.elements ?? []).compactMap(\.doubleValue)
    guard let elements = list.elements, !elements.isEmpty, numbers.count == elements.count,
      numbers.allSatisfy(Self.range.contains), zip(numbers, numbers.dropFirst()).allSatisfy(<)
    else {
      reader.report(
        "\"\(key)\" must be a list of ascending costs above 0", key: key,
        advice: "for example [0.01, 0.1, 1, 10]")
      return
    }
    values = numbers
  }

  /// Whether a chosen cost is the smallest or largest that was tried.
  package func isAtEdge(_ cost: Double) -> Bool {
    values.count > 1 && (cost == values.first || cost == values.last)
  }
}

extension Field {
  /// The costs of a support vector machine. The usual ones are left out of the canonical form: ids of
  /// runs are older than the key.
  static func costs(_ name: String, _ path: Path<SVMCosts>) -> Field {
    let key = ConfigKey(
      name, .optional,
      "the costs that are tried for the support vector machine, ascending; 0.01, 0.1, 1 and 10 unless "
        + "said otherwise", schema: Schema.list(of: Schema.number(SVMCosts.range)))
    return value(key, path) { reader, _ in
      SVMCosts(name, of: reader)
    } write: {
      $0 == .usual ? nil : .array($0.values.map { .number($0) })
    }
  }
}
