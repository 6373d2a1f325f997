import Canonical
import Model

/// The reference of measurements, made from their types.
package enum MeasurementReference {
  /// A table in Markdown: name, keys with usual values, what is measured, what the curves are.
  package static var markdown: String {
    let rows = MeasurementRegistry.all.map { type -> String in
      let keys = (type.example.json.members ?? []).filter { $0.name != "name" }
      let texts = keys.map { "`\($0.name)` \($0.value.canonicalText)" }
      return
        "| `\(type.name)` | \(texts.joined(separator: ", ")) | \(type.summary) | \(type.curves) |\n"
    }
    return "| name | keys and an example | what is measured | curves |\n| --- | --- | --- | --- |\n"
      + rows.joined()
  }
}
