import Canonical

/// Reads a family's parameters: numbers in the name (`wrn-16-4`) or keys beside the bare family's
/// name (`{"name": "wrn", "depth": 16, "widening": 4}`).
struct FamilyReader {
  /// The object with `"name"` and the keys, which knows what the name says.
  let object: ObjectReader

  init(_ object: ObjectReader) { self.object = object }

  static let depthMeaning = "layers with weights on the longest path"

  /// The numbers in a network's name; nil for the bare family's name.
  enum NumbersInName {
    case none
    case numbers([Int])
    /// The name does not have the family's form.
    case wrong
  }

  /// Splits a name; one that does not have the family's form is a diagnostic.
  static func numbers(
    in name: String, of family: any NetworkFamily.Type, _ object: ObjectReader
  ) -> NumbersInName {
    guard name != family.family else { return .none }
    let rest = name.dropFirst(family.family.count + 1)
    let form = family.parameterForm
    let pieces = pieces(rest)
    let values = pieces.compactMap { piece in
      Int(piece).flatMap { String($0) == piece && $0 < 1_000_000 ? $0 : nil }
    }
    guard !form.isEmpty, separators(rest) == separators(form), values.count == pieces.count else {
      let example = family.references.first?.choice.name ?? family.family
      let advice =
        form.isEmpty
        ? "did you mean \"\(example)\"?"
        : "these networks are called \(family.family)-\(form), for example \(example)"
      object.report("unknown network \"\(name)\"", key: "name", advice: advice)
      return .wrong
    }
    return .numbers(values)
  }

  /// The parameter that is the `position`-th number of the name, or the value of `key`.
  func int(
    _ key: String, position: Int, default fallback: Int? = nil, in range: ClosedRange<Int>
  ) -> Int {
    guard let said = object.said else { return object.int(key, default: fallback, in: range) }
    if object.has(key) {
      object.report("\"\(said.text)\" already says the \(key)", key: key)
    }
    guard range.contains(said.numbers[position]) else {
      object.report("\"\(said.text)\": the \(key) must lie in \(range)", key: "name")
      return fallback ?? range.lowerBound
    }
    return said.numbers[position]
  }

  /// The depth, which is the first number of the name, for families that exist at some depths only:
  /// another one is a diagnostic with the nearest that exists, the smaller of two.
  func depth(rule: String, in range: ClosedRange<Int>, isLegal: (Int) -> Bool) -> Int {
    let legal = range.filter(isLegal)
    let asked = int("depth", position: 0, in: 1...1_000_000)
    guard !legal.contains(asked) else { return asked }
    let nearest = legal.min { (abs($0 - asked), $0) < (abs($1 - asked), $1) } ?? asked
    // A missing depth has been reported and reads as the lower bound.
    if object.said != nil || object.has("depth") {
      let name = object.value["name"]?.stringValue ?? ""
      object.report(
        "\"\(name)\" cannot have depth \(asked): the depth must be \(rule)",
        key: object.said == nil ? "depth" : "name", advice: "the nearest legal depth is \(nearest)")
    }
    return nearest
  }

  private static func pieces(_ text: some StringProtocol) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "x" }.map { String($0) }
  }

  private static func separators(_ text: some StringProtocol) -> [Character] {
    text.filter { $0 == "-" || $0 == "x" }
  }
}

// MARK: - Fields that families have in common

extension Field where Owner: NetworkFamily {
  /// A number that stands in the network's name, or under a key beside the bare family's name.
  static func inName(
    _ name: String, _ path: Path<Int>, position: Int, in range: ClosedRange<Int>, _ meaning: String
  ) -> Field {
    Field([ConfigKey(name, .optional, meaning, schema: Schema.integer(range))]) { reader, owner in
      owner[keyPath: path] = FamilyReader(reader).int(name, position: position, in: range)
      return true
    } write: { _ in
      []
    }
  }

  /// The depth, for families that exist at some depths only.
  static func depth(
    _ path: Path<Int>, rule: String, in range: ClosedRange<Int>,
    isLegal: @escaping @Sendable (Int) -> Bool
  ) -> Field {
    Field([
      ConfigKey(
        "depth", .optional, "\(FamilyReader.depthMeaning): \(rule)", schema: Schema.integer(range))
    ]) { reader, owner in
      owner[keyPath: path] = FamilyReader(reader).depth(rule: rule, in: range, isLegal: isLegal)
      return true
    } write: { _ in
      []
    }
  }

  /// The channels of the first stage, to which all others are in proportion.
  static func width(_ path: Path<Int>) -> Field {
    .whole("width", path, in: 1...4096, .optional, "channels of the first stage")
  }

  /// The rate of a network's own dropout; 0 is none.
  static func dropout(_ path: Path<Double>) -> Field {
    .number("dropout", path, in: 0...0.999, .optional, "rate of the network's own dropout")
  }

  /// Counts of units.
  static func units(_ name: String, _ path: Path<[Int]>, _ meaning: String) -> Field {
    let counts = 1...1_048_576
    let schema = Schema.filledList(of: Schema.integer(counts))
    return value(ConfigKey(name, .optional, meaning, schema: schema), path) { reader, owner in
      guard let list = reader.raw(name) else { return owner[keyPath: path] }
      guard let elements = list.elements, !elements.isEmpty else {
        reader.report("\"\(name)\" must list unit counts, for example [4096]", key: name)
        return [1]
      }
      return elements.map { element in
        if let units = element.intValue, counts.contains(units) { return units }
        reader.diagnostics.add(
          Diagnostic(
            at: element.location,
            "\"\(name)\" lists whole numbers in \(counts), found \(element.kindName)"))
        return 1
      }
    } write: {
      .array($0.map { .number($0) })
    }
  }
}
