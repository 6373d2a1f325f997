import Canonical
import Study

/// The reference of measurements, made from their types.
enum MeasurementReference {
  /// Two tables in Markdown: name, keys with usual values, what is measured, what the curves are.
  static var markdown: String {
    let rows = MeasurementRegistry.all.map { type -> String in
      let keys = (type.example.json.members ?? []).filter { $0.name != "name" }
      let texts = keys.map { "`\($0.name)` \($0.value.canonicalText)" }
      return
        "| `\(type.name)` | \(texts.joined(separator: ", ")) | \(type.summary) | \(type.curves) |\n"
    }
    let keys = ConfigReference.table(of: MeasurementRegistry.all.map { ($0.name, $0.keys) })
    return "| name | keys and an example | what is measured | curves |\n| --- | --- | --- | --- |\n"
      + rows.joined() + "\n" + keys
  }
}
