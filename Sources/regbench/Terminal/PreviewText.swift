import Canonical
import Report
import Runner

/// What `run --dry-run` prints.
enum PreviewText {
  /// The counts, then a line a run.
  static func text(_ preview: StudyPreview, title: String) -> String {
    let missing = preview.runs.reduce(0) { $0 + $1.count }
    var head = "\(title): \(Quantities.count(missing, "run")) would be trained"
    if preview.finished > 0 { head += ", \(DecimalText.grouped(preview.finished)) are done" }
    let taken = preview.taken.map {
      Block.paragraph(
        "\(Quantities.count($0.runs, "finished run")) would be taken from \($0.folder)")
    }
    guard missing > 0 else { return TextRenderer.text([.heading(2, head)] + taken, width: nil) }
    let time =
      "about \(Quantities.duration(preview.seconds)) with "
      + Quantities.count(preview.jobs, "job")
      + (preview.isMeasured ? "" : "; nothing was measured here yet: `regbench plan` does")
    let rows = preview.runs.map { run in
      let times = run.count > 1 ? "\(DecimalText.grouped(run.count)) × " : ""
      return [run.name, times + Quantities.duration(run.seconds)]
    }
    return TextRenderer.text(
      [.heading(2, head), .paragraph(time)] + taken
        + [.table(Table(header: ["run", "time"], rows: rows))], width: nil)
  }

  static func json(_ preview: StudyPreview, title: String) -> JSONValue {
    .object([
      "study": .string(title), "finished": .number(preview.finished),
      "seconds": .number(preview.seconds), "measured": .bool(preview.isMeasured),
      "jobs": .number(preview.jobs),
      "taken": .array(
        preview.taken.map {
          .object(["folder": .string($0.folder), "runs": .number($0.runs)])
        }),
      "runs": .array(
        preview.runs.map {
          .object([
            "id": $0.id.map { .string($0) } ?? .null, "name": .string($0.name),
            "count": .number($0.count), "seconds": .number($0.seconds),
          ])
        }),
    ])
  }
}
