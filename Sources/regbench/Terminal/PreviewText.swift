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
    for taken in preview.taken {
      head +=
        "\n\(Quantities.count(taken.runs, "finished run")) would be taken from \(taken.folder)"
    }
    guard missing > 0 else { return head + "\n" }
    head +=
      "\nabout \(Quantities.duration(preview.seconds)) with \(Quantities.count(preview.jobs, "job"))"
    if !preview.isMeasured {
      head += "; nothing was measured here yet: `regbench plan` does"
    }
    var columns = TextColumns(["run", "time"], leftAligned: [0])
    for run in preview.runs {
      let times = run.count > 1 ? "\(DecimalText.grouped(run.count)) × " : ""
      columns.append([run.name, times + Quantities.duration(run.seconds)])
    }
    return "\(head)\n\n\(columns.text)"
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
