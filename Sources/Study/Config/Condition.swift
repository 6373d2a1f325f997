import Canonical

/// Which cells something is about: `"when": {"network": "lenet", "arm": ["Dropout", "Shakeout"]}`.
/// Keys are axes or `arm`; a list holds alternatives; all keys must match.
package struct Condition: Sendable {
  private var arms: Set<String>?
  private var axes: [String: Set<String>] = [:]

  /// The short name of an axis, accepted wherever a user names one.
  static let aliases = ["n": "trainSize"]

  /// Matches everything.
  init() {}

  /// Reads the object under `"when"`; absent matches everything.
  init(
    reading value: JSONValue?, axes known: [Axis], arms: [String],
    _ diagnostics: DiagnosticCollector
  ) {
    guard let value else { return }
    let reader = ObjectReader(value, diagnostics)
    for member in value.members ?? [] where member.name != "note" {
      let key = Self.aliases[member.name] ?? member.name
      let allowed: [String]
      if key == "arm" {
        allowed = arms
      } else if let axis = known.first(where: { $0.key == key }) {
        allowed = axis.values
      } else {
        reader.reportUnknown(
          member.name, of: "key", ["arm"] + known.map(\.key), member.nameLocation)
        continue
      }
      let alternatives = member.value.elements ?? [member.value]
      var names: Set<String> = []
      for alternative in alternatives {
        let name = Axis.displayName(of: alternative)
        if allowed.contains(name) {
          names.insert(name)
        } else {
          diagnostics.add(
            Diagnostic(
              at: alternative.location, "no \(key) of the study is \"\(name)\"",
              advice: Advice.among(allowed, insteadOf: name)))
        }
      }
      if key == "arm" { self.arms = names } else { axes[key] = names }
    }
  }

  /// Whether a cell with this arm and these axis values is meant.
  package func matches(arm: String, axes values: [AxisValue]) -> Bool {
    guard arms?.contains(arm) ?? true else { return false }
    return values.allSatisfy { axes[$0.key]?.contains($0.value) ?? true }
  }
}
