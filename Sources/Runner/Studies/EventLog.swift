import Canonical
import Durable
import Study

/// Writes what happens while studies run into a file, one JSON object a line, for programs that show or
/// collect it.
///
/// Every object has `version`, `time` (UTC), `event` and `study`. The page on events says what else
/// belongs to each kind. Keys may be added within a version; what a key means changes only with it.
package final class EventLog: RunObserver {
  /// Of the format.
  static let version = 1

  private let file: LineFile
  private let path: String
  private let say: (String) -> Void
  private var isBroken = false
  /// The study that is run, as its folder is called.
  package var study = ""

  /// - Parameter say: is told once if the file can no longer be written; the study goes on.
  package init(_ path: String, say: @escaping (String) -> Void) throws(FileError) {
    file = try LineFile(path)
    self.path = path
    self.say = say
  }

  package func handle(_ event: RunEvent) {
    switch event {
    case .planned(let plan):
      write(
        "study",
        [
          .init("finished", .number(plan.finished)), .init("missing", .number(plan.missing)),
          .init("seconds", Self.number(plan.seconds)), .init("jobs", .number(plan.jobs)),
          .init("threads", .number(plan.threads)),
        ])
    case .started(let running, let update): write("start", Self.start(running, update))
    case .evaluated(let running, let point):
      write("evaluation", Self.head(running.id, running.cell) + Self.members(point))
    case .checkpointed(let running, let update):
      write(
        "checkpoint", Self.head(running.id, running.cell) + [.init("update", .number(update))])
    case .finished(let running, let record, let seconds):
      write("end", Self.end(running, record, seconds))
    case .notSaved(let running, let reason), .givenUp(let running, let reason),
      .checkpointsStay(let running, let reason):
      write("error", Self.error(running.id, running.cell, reason, isFinal: false))
    case .retrying(let running, let reason, let log):
      write("error", Self.error(running.id, running.cell, reason, log: log, isFinal: false))
    case .failed(let failed):
      write(
        "error", Self.error(failed.id, failed.cell, failed.reason, log: failed.log, isFinal: true))
    case .preparing, .found, .taken, .incomplete, .setAside, .fewerJobs, .progress, .status,
      .stopping, .waiting, .budgetIsSpent, .interrupted:
      break
    }
  }

  /// A study has come to its end.
  package func ended(_ summary: RunSummary) {
    write(
      "study-end",
      [
        .init("outcome", .string(summary.outcome.rawValue)),
        .init("trained", .number(summary.trained)),
        .init("failed", .number(summary.failures.count)),
        .init("missing", .number(summary.missing)), .init("seconds", .number(summary.seconds)),
      ])
  }

  /// A study could not be run, or not to its end.
  package func failed(_ reason: String) {
    write("error", [.init("reason", .string(reason)), .init("final", .bool(true))])
  }

  private func write(_ event: String, _ members: [JSONValue.Member]) {
    guard !isBroken else { return }
    let head: [JSONValue.Member] = [
      .init("version", .number(Self.version)),
      .init("time", .string(Timestamp.nowInMilliseconds)), .init("event", .string(event)),
      .init("study", .string(study)),
    ]
    do {
      try file.append(JSONValue.object(head + members).canonicalText)
    } catch {
      isBroken = true
      say("\(path): no more events are written: \((error as FileError).message)")
    }
  }

  // MARK: - Members

  private static func head(_ id: String, _ cell: Cell) -> [JSONValue.Member] {
    [.init("run", .string(id)), .init("name", .string(cell.name))]
  }

  private static func start(_ running: RunningCell, _ update: Int) -> [JSONValue.Member] {
    let cell = running.cell
    return head(running.id, cell) + [
      .init("arm", .string(cell.arm)),
      .init("axes", .object(cell.axes.map { .init($0.key, .string($0.value)) })),
      .init("stage", .string(cell.stage == .final ? "final" : "selection")),
      .init("trial", .number(cell.trial)),
      .init(
        "hyperparameters",
        .object(cell.hyperparameters.map { .init($0.name, number($0.value)) })),
      .init("update", .number(update)), .init("threads", .number(running.threads)),
    ]
  }

  private static func members(_ point: CurvePoint) -> [JSONValue.Member] {
    [
      .init("update", .number(point.update)), .init("training_loss", number(point.trainingLoss)),
      .init("validation_error", number(point.validationError)),
      .init("test_error", number(point.testError)),
      .init("measures", measures(point.measures)),
    ]
  }

  private static func end(
    _ running: RunningCell, _ record: RunRecord, _ seconds: Double
  ) -> [JSONValue.Member] {
    head(running.id, running.cell) + [
      .init("updates", .number(record.updates)), .init("diverged", .bool(record.diverged)),
      .init("validation_error", number(record.validationErrorLast)),
      .init("test_error", number(record.testErrorLast)),
      .init("measures", measures(record.measures)), .init("seconds", .number(seconds)),
    ]
  }

  private static func error(
    _ id: String, _ cell: Cell, _ reason: String, log: String? = nil, isFinal: Bool
  ) -> [JSONValue.Member] {
    head(id, cell) + [
      .init("reason", .string(reason)), .init("log", log.map { .string($0) } ?? .null),
      .init("final", .bool(isFinal)),
    ]
  }

  private static func measures(_ measures: [Measure]) -> JSONValue {
    .object(measures.map { .init($0.name, number($0.value)) })
  }

  /// JSON has no infinite numbers.
  private static func number(_ value: Double?) -> JSONValue {
    value.flatMap { $0.isFinite ? .number($0) : nil } ?? .null
  }
}
