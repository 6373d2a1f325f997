import Canonical
import Datasets
import Durable
import Engine
import Study

/// Trains a recorded run again and sets it against its record.
package struct Replay {
  /// What a replay found.
  package struct Finding: Sendable {
    /// What is compared, for example `weights`.
    package var name: String
    package var recorded: String
    /// As it came out now.
    package var now: String
    /// Whether both are the same bits.
    package var isSame: Bool { recorded == now }
  }

  package let study: StudySpec
  package let record: RunRecord
  /// The run's cell.
  package let cell: Cell
  private let weightsDigest: String?

  /// Finds the run's cell; nil if the study has none with the record's id.
  /// - Throws: `WeightsError` where weights that the study starts from are missing or damaged.
  package init?(_ record: RunRecord, of study: StudySpec, records: [RunRecord]) throws {
    // A run and those on which its choice depends have the same data.
    let data = Provenance.Data(
      name: "", digest: record.dataDigest, origin: "", isVerified: record.isVerified)
    let keys = Set(study.upperBound.map(\.example.dataKey))
    let ids = RunIDs(
      data: Dictionary(uniqueKeysWithValues: keys.map { ($0, data) }),
      weights: try InitialWeights.digests(of: study) { _ in })
    let agenda = StudyAgenda(study, ids: ids, records: records)
    guard let found = agenda.cell(record.id) else { return nil }
    self.study = study
    self.record = record
    cell = found
    weightsDigest = ids.weightsDigest(of: found)
  }

  /// The record that a user means by the beginning of an id; nil if it is not exactly one.
  package static func record(_ text: String, among records: [RunRecord]) -> RunRecord? {
    let matches = records.filter { $0.id.hasPrefix(text) }
    return matches.count == 1 && !text.isEmpty ? matches[0] : nil
  }

  /// Trains the run again in a folder of its own below `runsFolder`, where an interrupted replay goes on
  /// from its checkpoint; the folder is removed in the end.
  /// - Parameter keepsWeights: whether the weights, if they are the recorded ones, are left in the
  ///   run's folder below `runsFolder`, as if the study had kept them.
  /// - Throws: `DatasetError` where the data are missing or others, `WeightsError`, `FileError`,
  ///   `RunnerError`.
  package func run(
    below runsFolder: String, threads: Int, data: DatasetLocator,
    keepsWeights: Bool = false, say: @escaping @Sendable (String) -> Void
  ) throws -> [Finding] {
    let folder = RunFolder.replay(record.id, below: runsFolder)
    try Folder.create(folder)
    let dataset = try data.open(cell.spec.setup, say: say)
    guard dataset.digest == record.dataDigest else {
      throw RunnerError.impossibleCell(
        reason: "the data set \"\(dataset.name)\" found here (\(dataset.origin)) is not "
          + "the one that the run was trained on")
    }
    let pool = ThreadPool(threads: threads)
    let task = try cell.spec.makeTask(dataset: dataset, pool: pool)
    try InitialWeights(of: cell.spec, on: dataset.facts)?.load(into: task, expecting: weightsDigest)
    let trainer = CellTrainer(
      task: task, id: record.id,
      folder: folder, checkpointSeconds: 60, threads: threads, observer: ReplayObserver(say))
    guard case .finished(let outcome) = try trainer.run() else { return [] }
    try Folder.remove(folder)
    if keepsWeights, outcome.weightsHash == record.weightsDigest {
      let own = RunFolder.path(record.id, below: runsFolder)
      try Folder.create(own)
      try KeptWeights.save(
        task.weights, of: cell.spec, on: dataset.facts, run: record.id, outcome, in: own)
      say("the weights are kept in \(own)")
    }
    return findings(outcome)
  }

  private func findings(_ outcome: TrainingResult) -> [Finding] {
    func number(_ value: Double?) -> String { value?.shortestText ?? "none" }
    return [
      Finding(name: "weights", recorded: record.weightsDigest, now: outcome.weightsHash),
      Finding(name: "updates", recorded: String(record.updates), now: String(outcome.updates)),
      Finding(
        name: "test error after the last update", recorded: number(record.testErrorLast),
        now: number(outcome.last.testError)),
      Finding(
        name: "test error at the lowest validation error",
        recorded: number(record.testErrorAtBestValidation),
        now: number(outcome.bestOnValidation?.testError)),
      Finding(
        name: "lowest test error", recorded: number(record.bestTestError),
        now: number(outcome.bestOnTest?.testError)),
      Finding(
        name: "last training loss", recorded: number(record.trainingLossLast),
        now: number(outcome.lastLoss)),
    ]
      + record.measures.map { measure in
        Finding(
          name: measure.name, recorded: number(measure.value),
          now: number(outcome.last.measures.first { $0.name == measure.name }?.value))
      }
      + series(outcome)
  }

  private func series(_ outcome: TrainingResult) -> [Finding] {
    guard !record.seriesDigest.isEmpty else { return [] }
    return [
      Finding(name: "series", recorded: record.seriesDigest, now: Series.digest(outcome.series))
    ]
  }

  /// Whether the run was trained in this process's arithmetic: only then can its bits be the same.
  package func isOfThisArithmetic() throws(EngineError) -> Bool {
    try record.arithmetic == .current()
  }
}

/// Tells how far a replay is.
private final class ReplayObserver: CellObserver {
  private let say: (String) -> Void
  private var told = -1

  init(_ say: @escaping (String) -> Void) { self.say = say }

  var stopIsRequested: Bool { false }
  func started(update: Int) { if update > 0 { say("goes on after update \(update)") } }
  func progressed(_ progress: CellProgress) {
    let tenth = progress.update * 10 / max(1, progress.total)
    if tenth > told { say("\(tenth * 10) % of \(progress.total) updates") }
    told = max(told, tenth)
  }
  func evaluated(_ point: CurvePoint) {}
  func checkpointed(update: Int) {}
  func notSaved(reason: String) { say("not saved: \(reason); training goes on") }
}
