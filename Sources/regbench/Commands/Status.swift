import ArgumentParser
import Canonical
import Glibc
import Report
import Runner

/// Says how far a study is.
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what of a study is done, running and failed, and how good the estimate was.",
    discussion: """
      DIR is the study's result folder, for example results/mnist-shakeout/desk, or its folder below \
      runs/. Nothing is changed, so it may be asked while the study runs, from any machine that \
      sees the folder. results/STUDY will do where the study has one result. Of a result that was \
      trained elsewhere, its recorded runs are counted.

      EXAMPLES:
        How far it is, and how far it is every two seconds:
          regbench status results/mnist-shakeout/desk
          regbench status results/mnist-shakeout/desk --watch
      """)

  @Argument(help: ArgumentHelp("The study's folder.", valueName: "dir"))
  var folder: ResultPlace

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(
    help: "Show it anew every two seconds until all is done, or until no process works on it.")
  var watch = false

  func validate() throws {
    guard !(json && watch) else { throw ValidationError("--json and --watch exclude each other") }
  }

  func run() throws {
    let folder = try folder.folder()
    guard watch else {
      let status = try RecordedStudy(folder).status()
      return try json
        ? StandardStreams.product(Self.json(status).prettyText)
        : StandardStreams.product(Self.text(status), ColoredText.states)
    }
    try follow(folder)
  }

  private static let seconds: UInt32 = 2

  /// Redraws on a terminal; elsewhere a line whenever the counts have changed.
  private func follow(_ folder: String) throws {
    let terminal = Terminal.standardOutput
    var drawn = DrawnLines()
    var told = ""
    while true {
      let recorded = try RecordedStudy(folder)
      let isInUse = recorded.runs?.isInUse ?? false
      let status = try recorded.status()
      if terminal.redraws {
        let text = Self.text(status)
        try StandardStreams.redraw(
          drawn.erasure(columns: terminal.columns), text, ColoredText.states)
        drawn = DrawnLines(text.split(separator: "\n").map(String.init))
      } else if Self.counts(status) != told {
        told = Self.counts(status)
        try StandardStreams.product("\(TimeOfDay.now) \(told)\n")
      }
      guard status.finishedCount < status.totalCount, isInUse else {
        if !isInUse, status.finishedCount < status.totalCount {
          StandardStreams.talk("no process works on it")
        }
        return
      }
      sleep(Self.seconds)
    }
  }

  private static func counts(_ status: StudyStatus) -> String {
    "\(status.study.folder): \(status.finishedCount) of \(status.totalCount) runs done, "
      + "\(status.running.count) running, \(status.failed.count) failed"
  }

  private static func text(_ status: StudyStatus) -> String {
    var lines = [counts(status)]
    lines += status.stages.map { "  \($0.name): \($0.finished) of \($0.total)" }
    if !status.running.isEmpty {
      lines.append("running (host and process):")
      lines += status.running.map { "  \($0.id)  \($0.name)  \($0.text)" }
    }
    if !status.failed.isEmpty {
      lines.append("failed:")
      lines += status.failed.map { "  \($0.id)  \($0.name)  \($0.text)" }
    }
    lines.append("trained: \(Quantities.duration(status.trainedSeconds)) of one core")
    if status.checkpointShare > 0 {
      let share = DecimalText.fixed(100 * status.checkpointShare, decimals: 2)
      lines.append("checkpoints: \(share) % of that time")
    }
    if let estimate = status.estimate {
      lines.append(
        "estimated at the last start: \(Quantities.duration(estimate.seconds)) for "
          + Quantities.count(estimate.runs, "run"))
    } else {
      lines.append("counted in runs.csv: it was not trained below runs/ here")
    }
    if let accuracy = status.accuracy {
      lines.append(
        "plan: \(Quantities.duration(accuracy.planned)) of one core for "
          + "\(Quantities.count(accuracy.runs, "run")) that took "
          + "\(Quantities.duration(accuracy.taken)); \(accuracy.withinLimit) of them within 35 %")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func json(_ status: StudyStatus) -> JSONValue {
    func items(_ items: [StudyStatus.Item], _ key: String) -> JSONValue {
      .array(
        items.map {
          .object([
            JSONValue.Member("id", .string($0.id)), .init("name", .string($0.name)),
            .init(key, .string($0.text)),
          ])
        })
    }
    var members: [JSONValue.Member] = [
      .init("study", .string(status.study.folder)),
      .init("finished", .number(status.finishedCount)),
      .init("total", .number(status.totalCount)),
      .init(
        "stages",
        .array(
          status.stages.map {
            .object([
              "name": .string($0.name), "finished": .number($0.finished),
              "total": .number($0.total),
            ])
          })),
      .init("running", items(status.running, "owner")),
      .init("failed", items(status.failed, "reason")),
      .init("trainedSeconds", .number(status.trainedSeconds)),
      .init("checkpointShare", .number(status.checkpointShare)),
      .init("estimatedSeconds", status.estimate.map { .number($0.seconds) } ?? .null),
    ]
    if let accuracy = status.accuracy {
      members.append(
        .init(
          "plan",
          .object([
            "runs": .number(accuracy.runs), "within35Percent": .number(accuracy.withinLimit),
            "plannedSeconds": .number(accuracy.planned), "takenSeconds": .number(accuracy.taken),
          ])))
    }
    return .object(members)
  }
}
