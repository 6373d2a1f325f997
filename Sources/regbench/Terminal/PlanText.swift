import Report
import Runner

/// A plan for people.
enum PlanText {
  /// One line a row, the sums below.
  static func text(_ plan: StudyPlan, title: String) -> String {
    let keys = plan.rows.first?.axes.map(\.key) ?? []
    let rows = plan.rows.map { row in
      [row.stage] + row.axes.map(\.value) + [
        row.arm, DecimalText.grouped(row.runs), DecimalText.grouped(row.parameters),
        DecimalText.fixed(row.operations / 1e9, decimals: 1),
        (row.isMeasured ? "" : "~") + Quantities.duration(row.seconds),
      ]
    }
    let table = Table(
      header: ["stage"] + keys + ["arm", "runs", "parameters", "GFLOP/run", "time/run"], rows: rows,
      words: Set(1...keys.count + 1))
    let work =
      "\(Quantities.count(plan.runs, "run")) at most, "
      + "\(DecimalText.fixed(plan.operations / 1e12, decimals: 2)) TFLOP, "
      + "\(Quantities.duration(plan.threadSeconds)) of one core"
    let machine =
      "about \(Quantities.duration(plan.seconds)) with \(Quantities.count(plan.jobs, "job")); "
      + "\(DecimalText.grouped(plan.workerMegabytes)) MB for each worker, "
      + "\(DecimalText.grouped((plan.diskBytes + 999_999) / 1_000_000)) MB on the disk"
    return TextRenderer.text(
      [.heading(1, title), .table(table)] + totals(plan)
        + ([work, machine] + remarks(plan)).map { .paragraph($0) }, width: nil)
  }

  /// What each stage and each network takes, where there are several.
  private static func totals(_ plan: StudyPlan) -> [Block] {
    let groups = [("stage", plan.stageTotals), ("network", plan.networkTotals)]
    return groups.filter { $0.1.count > 1 }.map { name, totals in
      .table(
        Table(
          header: [name, "runs", "TFLOP", "time of one core"],
          rows: totals.map { total in
            [
              total.name, DecimalText.grouped(total.runs),
              DecimalText.fixed(total.operations / 1e12, decimals: 2),
              Quantities.duration(total.seconds),
            ]
          }))
    }
  }

  /// What the numbers rest on where that is not the usual.
  private static func remarks(_ plan: StudyPlan) -> [String] {
    var remarks: [String] = []
    if plan.processorShare < 0.9 {
      let share = DecimalText.fixed(100 * plan.processorShare, decimals: 0)
      remarks.append(
        "the machine is busy: measuring had \(share) % of the processor time; the times above are "
          + "those without other programs")
    }
    if plan.jobs < plan.wantedJobs {
      remarks.append(
        "memory suffices for \(plan.jobs) of \(Quantities.count(plan.wantedJobs, "job"))")
    }
    if plan.rows.contains(where: { !$0.isMeasured }) {
      remarks.append(
        "~ was not measured, because memory does not suffice: operations at the speed of the other "
          + "rows")
    }
    return remarks
  }
}
