import Canonical

/// Reads a family's parameters: numbers in the name (`wrn-16-4`) or keys beside the bare family's
/// name (`{"name": "wrn", "depth": 16, "widening": 4}`).
package struct FamilyReader {
  /// The object with `"name"` and the keys.
  package let object: ObjectReader
  /// The numbers in the name, if it has any.
  let numbers: [Int]?
  private let written: String

  /// Splits the name; a name that does not have the family's form is a diagnostic, and nil.
  init?(_ family: any NetworkFamily.Type, name: String, _ object: ObjectReader) {
    self.object = object
    written = name
    guard name != family.family else {
      numbers = nil
      return
    }
    let rest = name.dropFirst(family.family.count + 1)
    let form = family.parameterForm
    let pieces = Self.pieces(rest)
    let values = pieces.compactMap { piece in
      Int(piece).flatMap { String($0) == piece && $0 < 1_000_000 ? $0 : nil }
    }
    guard !form.isEmpty, Self.separators(rest) == Self.separators(form),
      values.count == pieces.count
    else {
      let example = family.references.first?.choice.name ?? family.family
      let advice =
        form.isEmpty
        ? "did you mean \"\(example)\"?"
        : "these networks are called \(family.family)-\(form), for example \(example)"
      object.report("unknown network \"\(name)\"", key: "name", advice: advice)
      return nil
    }
    numbers = values
  }

  /// The parameter that is the `position`-th number of the name, or the value of `key`.
  func int(
    _ key: String, position: Int, default fallback: Int? = nil, in range: ClosedRange<Int>
  ) -> Int {
    guard let numbers else { return object.int(key, default: fallback, in: range) }
    if object.has(key) {
      object.report("\"\(written)\" already says the \(key)", key: key)
    }
    guard range.contains(numbers[position]) else {
      object.report("\"\(written)\": the \(key) must lie in \(range)", key: "name")
      return fallback ?? range.lowerBound
    }
    return numbers[position]
  }

  /// The depth, which is the first number of the name, for families that exist at some depths only:
  /// another one is a diagnostic with the nearest that exists, the smaller of two.
  func depth(rule: String, in range: ClosedRange<Int>, isLegal: (Int) -> Bool) -> Int {
    let legal = range.filter(isLegal)
    let asked = int("depth", position: 0, in: 1...1_000_000)
    guard !legal.contains(asked) else { return asked }
    let nearest = legal.min { (abs($0 - asked), $0) < (abs($1 - asked), $1) } ?? asked
    // A missing depth has been reported and reads as the lower bound.
    if numbers != nil || object.has("depth") {
      object.report(
        "\"\(written)\" cannot have depth \(asked): the depth must be \(rule)",
        key: numbers == nil ? "depth" : "name", advice: "the nearest legal depth is \(nearest)")
    }
    return nearest
  }

  /// The channels of the first stage under `"width"`, to which all others are in proportion.
  func width(default fallback: Int) -> Int {
    object.int("width", default: fallback, in: 1...4096)
  }

  /// The rate of a network's own dropout under `"dropout"`; 0 is none.
  func dropout(default fallback: Double) -> Double {
    object.double("dropout", default: fallback, in: 0...0.999)
  }

  /// Counts of units under `key`.
  func units(_ key: String, default fallback: [Int]) -> [Int] {
    guard let list = object.raw(key) else { return fallback }
    let units = list.elements?.compactMap(\.intValue).filter { (1...1_048_576).contains($0) } ?? []
    guard let elements = list.elements, !units.isEmpty, units.count == elements.count else {
      object.report("\"\(key)\" must list unit counts, for example [4096]", key: key)
      return [1]
    }
    return units
  }

  private static func pieces(_ text: some StringProtocol) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "x" }.map { String($0) }
  }

  private static func separators(_ text: some StringProtocol) -> [Character] {
    text.filter { $0 == "-" || $0 == "x" }
  }
}
