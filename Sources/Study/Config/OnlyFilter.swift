import Canonical

/// The part of a study that a user asked for: `--only arm=Shakeout,n=500`. Values of one key are
/// alternatives; different keys must all match.
struct OnlyFilter: Sendable {
  /// The options as typed.
  let options: [String]
  private var allowed: [String: Set<String>] = [:]

  /// Reads the options; an unknown key or value is an error that lists the known ones.
  init(
    _ texts: [String], option: String = "--only", axes: [Axis], arms: [String],
    _ diagnostics: DiagnosticCollector
  ) {
    options = texts
    for text in texts {
      let place = SourceLocation(file: "\(option) \(text)", line: 0, column: 0)
      for item in text.split(separator: ",", omittingEmptySubsequences: false) {
        guard let equals = item.firstIndex(of: "=") else {
          diagnostics.add(
            Diagnostic(
              at: place, "\"\(item)\" is not of the form key=value",
              advice: "for example \(option) arm=\(arms.first ?? "Dropout")"))
          continue
        }
        let written = String(item[..<equals])
        let value = String(item[item.index(after: equals)...])
        let key = Condition.aliases[written] ?? written
        let known = key == "arm" ? arms : axes.first { $0.key == key }?.values
        guard let known else {
          diagnostics.add(
            Diagnostic(
              at: place, "the study has no axis \"\(written)\"",
              advice: Advice.among(["arm"] + axes.map(\.key), insteadOf: written)))
          continue
        }
        guard known.contains(value) else {
          diagnostics.add(
            Diagnostic(
              at: place, "no \(key) of the study is \"\(value)\"",
              advice: Advice.among(known, insteadOf: value)))
          continue
        }
        allowed[key, default: []].insert(value)
      }
    }
  }

  /// Whether cells of this arm at these axis values were asked for.
  func matches(arm: String, axes: [AxisValue]) -> Bool {
    (allowed["arm"]?.contains(arm) ?? true)
      && axes.allSatisfy { allowed[$0.key]?.contains($0.value) ?? true }
  }
}
