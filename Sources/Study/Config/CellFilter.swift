import Canonical

/// Which cells something is about, by their arm and the values of their axes. Values of one key are
/// alternatives; all keys must match. A config writes `{"network": "lenet", "arm": ["Dropout",
/// "Shakeout"]}`, a command line `network=lenet,arm=Dropout,arm=Shakeout`.
package struct CellFilter: Sendable {
  private var allowed: [String: Set<String>] = [:]

  /// The key of arms; the others are axes.
  package static let arm = "arm"

  /// Matches everything.
  init() {}

  /// Whether a cell with this arm and these axis values is meant.
  package func matches(arm: String, axes values: [AxisValue]) -> Bool {
    guard allowed[Self.arm]?.contains(arm) ?? true else { return false }
    return values.allSatisfy { allowed[$0.key]?.contains($0.value) ?? true }
  }

  /// Reads an object of a config; absent matches everything.
  init(
    reading value: JSONValue?, axes: [Axis], arms: [String], _ diagnostics: DiagnosticCollector
  ) {
    guard let value else { return }
    let known = Known(axes: axes, arms: arms)
    let reader = ObjectReader(value, diagnostics)
    for member in value.members ?? [] where member.name != "note" {
      let key = Axis.key(of: member.name)
      guard let values = known.values(of: key) else {
        reader.reportUnknown(member.name, of: "key", known.keys, member.nameLocation)
        continue
      }
      // Where no value is right, nothing matches: the key must not count as absent.
      allowed[key] = []
      for alternative in member.value.elements ?? [member.value] {
        let name = Axis.displayName(of: alternative)
        add(name, to: key, values, alternative.location, diagnostics)
      }
    }
  }

  /// Reads the values of a command-line option, such as `--only` or `--explain`.
  init(
    options texts: [String], named option: String, axes: [Axis], arms: [String],
    _ diagnostics: DiagnosticCollector
  ) {
    let known = Known(axes: axes, arms: arms)
    for text in texts {
      let place = SourceLocation(file: "\(option) \(text)", line: 0, column: 0)
      for item in Self.items(of: text) {
        guard let equals = item.firstIndex(of: "=") else {
          diagnostics.add(
            Diagnostic(
              at: place, "\"\(item)\" is not of the form key=value",
              advice: known.advice(value: item, option: option)))
          continue
        }
        let written = String(item[..<equals])
        let key = Axis.key(of: written)
        guard let values = known.values(of: key) else {
          diagnostics.add(
            Diagnostic(
              at: place, "the study has no axis \"\(written)\"",
              advice: known.advice(key: written)))
          continue
        }
        let name = String(item[item.index(after: equals)...])
        add(name, to: key, values, place, diagnostics)
      }
    }
  }

  /// The items of an option's value, each with its key: in `arm=Dropout,Shakeout` the second value
  /// belongs to the key of the first.
  static func items(of text: String) -> [String] {
    var key: Substring?
    return text.split(separator: ",", omittingEmptySubsequences: false).map { item in
      if let equals = item.firstIndex(of: "=") {
        key = item[..<equals]
        return String(item)
      }
      return key.map { "\($0)=\(item)" } ?? String(item)
    }
  }

  private mutating func add(
    _ name: String, to key: String, _ known: [String], _ place: SourceLocation,
    _ diagnostics: DiagnosticCollector
  ) {
    guard known.contains(name) else {
      diagnostics.add(
        Diagnostic(
          at: place, "no \(key) of the study is \"\(name)\"",
          advice: Advice.among(known, insteadOf: name)))
      return
    }
    allowed[key, default: []].insert(name)
  }

  /// What a filter can name.
  private struct Known {
    let axes: [Axis]
    let arms: [String]

    var keys: [String] { [CellFilter.arm] + axes.map(\.key) }

    func values(of key: String) -> [String]? {
      key == CellFilter.arm ? arms : axes.first { $0.key == key }?.values
    }

    /// What to tell a user who typed a key that is no axis, or only the end of one.
    func advice(key written: String) -> String? {
      guard let axis = axes.first(where: { $0.key.hasSuffix(".\(written)") }) else {
        return Advice.among(keys, insteadOf: written)
      }
      return "did you mean \"\(axis.key)\"?"
    }

    /// What to tell a user who typed a value without its key.
    func advice(value: String, option: String) -> String {
      let key = keys.first { values(of: $0)?.contains(value) ?? false }
      if let key { return "did you mean \(option) \(Axis.shortName(of: key))=\(value)?" }
      return "for example \(option) \(CellFilter.arm)=\(arms.first ?? "Dropout")"
    }
  }
}

extension StudySpec {
  /// Reads the value of a command-line option that names cells, such as `--explain`; an unknown key
  /// or value is an error that lists the known ones.
  package func filter(_ text: String, option: String) -> Result<CellFilter, InvalidStudy> {
    let diagnostics = DiagnosticCollector()
    let filter = CellFilter(
      options: [text], named: option, axes: axes, arms: arms.map(\.name), diagnostics)
    return diagnostics.hasErrors
      ? .failure(InvalidStudy(.usage, diagnostics, [])) : .success(filter)
  }
}
