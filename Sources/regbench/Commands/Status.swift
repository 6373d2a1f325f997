import ArgumentParser
import Canonical
import Report
import Runner

/// Says how far a study is.
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what of a study is done, running and failed, and how good the estimate was.",
    discussion: """
      DIR is the study's result folder, for example results/mnist-shakeout/desk, or its folder below \
      runs/. Nothing is changed, so it may be asked while the study runs, from any machine that \
      sees the folder.
      """)

  @Argument(help: ArgumentHelp("The study's folder.", valueName: "dir"), completion: .directory)
  var folder: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let recorded = try RecordedStudy(folder)
    let status = try StudyStatus(recorded.needingRuns())
    try StandardStreams.product(json ? Self.json(status).prettyText : Self.text(status))
  }

  private static func text(_ status: StudyStatus) -> String {
    var lines = [
      "\(status.study.folder): \(status.finishedCount) of \(status.totalCount) runs done, "
        + "\(status.running.count) running, \(status.failed.count) failed"
    ]
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
    lines.append(
      "estimated at the last start: \(Quantities.duration(status.estimate.seconds)) for "
        + Quantities.count(status.estimate.runs, "run"))
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
      .init("estimatedSeconds", .number(status.estimate.seconds)),
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
