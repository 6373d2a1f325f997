import Canonical

/// The papers give rates in four conventions; a config says which with its key: `"drop"` is the
/// probability that something is dropped, `"keep"` its complement.
package enum DropRate {
  /// Reads `"drop"` or `"keep"`, or the paper's letter as an alias of `"drop"`; giving two is an
  /// error. The result is the drop probability in [0, 1).
  package static func read(_ reader: ObjectReader, letter: String? = nil) -> Double {
    guard let key = key(reader, "drop", letter, .required) else { return 0 }
    if key == "keep" {
      let keep = reader.double("keep", in: 0...1)
      if keep == 0 { reader.report("\"keep\" must be above 0", key: "keep") }
      return 1 - keep
    }
    let drop = reader.double(key, in: 0...1)
    if drop == 1 { reader.report("\"\(key)\" must be below 1", key: key) }
    return drop
  }

  /// Reads `"keep"` or `"drop"`, or the paper's letter as an alias of `"keep"`; giving two is an
  /// error, and giving none without a default. The result is the probability of keeping in [0, 1].
  package static func readKeep(
    _ reader: ObjectReader, letter: String, default usual: Double? = nil
  ) -> Double {
    guard let key = key(reader, "keep", letter, usual == nil ? .required : .optional) else {
      return usual ?? 1
    }
    return key == "drop"
      ? 1 - reader.double("drop", in: 0...1) : reader.double(key, in: 0...1)
  }

  /// The keys of a rate, the usual one first.
  /// - Parameter others: keys that say the same in another way.
  static func keys(
    _ usual: String, letter: String?, besides others: [String] = [], _ presence: Presence,
    _ meaning: String
  ) -> [ConfigKey] {
    let other = usual == "drop" ? "keep" : "drop"
    let alternatives = others + [usual, other] + (letter.map { [$0] } ?? [])
    func key(_ name: String, _ meaning: String) -> ConfigKey {
      ConfigKey(
        name, presence, meaning, isRate: true, alternatives: alternatives,
        schema: Schema.number(0...1))
    }
    return [key(usual, meaning), key(other, "1 − `\(usual)`, in its place")]
      + (letter.map { [key($0, "the paper's letter for `\(usual)`")] } ?? [])
  }

  /// The key that is given; nil where none is, or after an error.
  private static func key(
    _ reader: ObjectReader, _ usual: String, _ letter: String?, _ presence: Presence
  ) -> String? {
    let keys = [usual, usual == "drop" ? "keep" : "drop"] + (letter.map { [$0] } ?? [])
    let given = keys.filter { reader.has($0) }
    guard given.count < 2 else {
      let both = given.map { "\"\($0)\"" }.joined(separator: " and ")
      reader.report("\(both) say the same thing; give one", key: given[1])
      return nil
    }
    if given.isEmpty, presence == .required { reader.reportMissing(oneOf: keys) }
    return given.first
  }
}

extension Field {
  /// A probability of dropping under `drop`, `keep` or the paper's letter.
  static func drop(_ path: Path<Double>, letter: String? = nil, _ meaning: String) -> Field {
    Field(DropRate.keys("drop", letter: letter, .required, meaning)) { reader, owner in
      owner[keyPath: path] = DropRate.read(reader, letter: letter)
      return true
    } write: {
      [.init("drop", .number($0[keyPath: path]))]
    }
  }

  /// A probability of keeping under `keep`, `drop` or the paper's letter.
  static func keep(
    _ path: Path<Double>, letter: String, _ presence: Presence, _ meaning: String
  ) -> Field {
    Field(DropRate.keys("keep", letter: letter, presence, meaning)) { reader, owner in
      owner[keyPath: path] = DropRate.readKeep(
        reader, letter: letter, default: presence == .optional ? owner[keyPath: path] : nil)
      return true
    } write: {
      [.init("keep", .number($0[keyPath: path]))]
    }
  }
}
