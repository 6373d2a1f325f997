import Canonical

/// The papers give rates in four conventions; a config says which with its key: `"drop"` is the
/// probability that something is dropped, `"keep"` its complement.
public enum DropRate {
  /// Reads `"drop"` or `"keep"`, or the paper's letter as an alias of `"drop"`; giving two is an
  /// error. The result is the drop probability in [0, 1).
  public static func read(_ reader: ObjectReader, letter: String? = nil) -> Double {
    let keys = ["drop", "keep"] + (letter.map { [$0] } ?? [])
    let given = keys.filter { reader.has($0) }
    guard given.count < 2 else {
      let both = given.map { "\"\($0)\"" }.joined(separator: " and ")
      reader.report("\(both) say the same thing; give one", key: given[1])
      return 0
    }
    let key = given.first ?? "drop"
    if key == "keep" {
      let keep = reader.double("keep", in: 0...1)
      if keep == 0 { reader.report("\"keep\" must be above 0", key: "keep") }
      return 1 - keep
    }
    let drop = reader.double(key, in: 0...1)
    if drop == 1 { reader.report("\"\(key)\" must be below 1", key: key) }
    return drop
  }
}
