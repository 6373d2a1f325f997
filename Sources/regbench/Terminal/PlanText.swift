import Report
import Runner

/// A plan for people.
enum PlanText {
  /// One line a row, the sums below.
  static func text(_ plan: StudyPlan, title: String) -> String {
    let keys = plan.rows.first?.axes.map(\.key) ?? []
    var columns = TextColumns(
      ["stage"] + keys + ["arm", "runs", "parameters", "GFLOP/run", "time/run"],
      leftAligned: Set(0...keys.count + 1))
    for row in plan.rows {
      columns.append(
        [row.stage] + row.axes.map(\.value) + [
          row.arm, DecimalText.grouped(row.runs), DecimalText.grouped(row.parameters),
          DecimalText.fixed(row.operations / 1e9, decimals: 1), Quantities.duration(row.seconds),
        ])
    }
    let work = Quantities.duration(plan.threadSeconds)
    return """
      \(title)
      \(columns.text)
      \(Quantities.count(plan.runs, "run")) at most, \
      \(DecimalText.fixed(plan.operations / 1e12, decimals: 2)) TFLOP, \(work) of one core
      about \(Quantities.duration(plan.seconds)) with \(Quantities.count(plan.jobs, "job")); \
      \(DecimalText.grouped(plan.workerMegabytes)) MB for each worker, \
      \(DecimalText.grouped((plan.diskBytes + 999_999) / 1_000_000)) MB on the disk

      """
  }
}
