import Canonical
import Durable
import Study

/// How far a study is, read from its folders while it runs or afterwards.
package struct StudyStatus {
  /// Runs of one stage.
  package struct Stage: Equatable {
    /// `selection of Dropout`, or `final`.
    package var name: String
    /// Runs that are finished.
    package var finished: Int
    /// Runs in all, at most.
    package var total: Int
  }

  /// A run in the hands of a process, or one that failed.
  package struct Item: Equatable {
    /// The run's id.
    package var id: String
    /// The cell's name; the id where the study no longer has it.
    package var name: String
    /// Who trains it, or why it failed.
    package var text: String
  }

  package let study: StudySpec
  package let stages: [Stage]
  /// What is being trained.
  package let running: [Item]
  /// What failed and has not been finished since.
  package let failed: [Item]
  /// What the last call of `run` thought it would take, in seconds of wall time, for so many runs.
  package let estimate: (seconds: Double, runs: Int)
  /// Seconds of one thread that the finished runs took.
  package let trainedSeconds: Double
  /// Share of that which went into checkpoints.
  package let checkpointShare: Double
  /// How well `plan` foresaw the finished runs; nil without a plan.
  package let accuracy: PlanAccuracy?

  /// Reads the folders.
  /// - Throws: `FileError`, `RunnerError`; `InvalidStudy` where the recorded study is not one.
  package init(_ folder: RunsFolder) throws {
    study = try folder.study.get()
    let recorded = try RecordFolder(folder.note.outFolder).entries()
    let journal = Journal.path(in: folder.path)
    let entries = recorded + Journal.entries(try AppendLog.lines(of: journal), path: journal)
    let finished = Dictionary(entries.map { ($0.record.id, $0) }) { _, later in later }
    let names = CellNames(
      study, records: finished.mapValues(\.record), ids: try folder.ids(of: study))
    let timings = finished.filter { names.known[$0.key] != nil }.mapValues(\.timing)
    stages = Self.stages(study, timings.keys.compactMap { names.known[$0] })
    running = folder.running.keys.sorted().map { id in
      Item(id: id, name: names.name(id), text: folder.running[id] ?? "")
    }
    failed = folder.ids.filter { finished[$0] == nil }.compactMap { id in
      RunFolder.failure(in: folder.folder(of: id)).map {
        Item(id: id, name: names.name(id), text: $0)
      }
    }
    estimate = (folder.note.estimatedSeconds, folder.note.missing)
    let costs = timings.values.map(\.cost)
    trainedSeconds = costs.reduce(0) { $0 + $1.seconds * Double($1.threads) }
    let all = costs.reduce(0) { $0 + $1.seconds }
    checkpointShare = all > 0 ? costs.reduce(0) { $0 + $1.checkpointSeconds } / all : 0
    accuracy = StudyPlan(in: folder.path).flatMap { plan in
      PlanAccuracy(
        plan,
        timings.compactMap { id, timing in names.known[id].map { ($0, timing) } })
    }
  }

  /// Finished runs.
  package var finishedCount: Int { stages.reduce(0) { $0 + $1.finished } }
  /// Runs in all, at most.
  package var totalCount: Int { stages.reduce(0) { $0 + $1.total } }

  private static func stages(_ study: StudySpec, _ finished: [Cell]) -> [Stage] {
    var stages: [Stage] = []
    for runs in study.upperBound {
      if let index = stages.firstIndex(where: { $0.name == runs.stage }) {
        stages[index].total += runs.count
      } else {
        stages.append(Stage(name: runs.stage, finished: 0, total: runs.count))
      }
    }
    for cell in finished {
      if let index = stages.firstIndex(where: { $0.name == cell.stageName }) {
        stages[index].finished += 1
      }
    }
    return stages
  }
}

/// The cells of a study by the ids of their runs, as far as finished selections tell which they
/// are.
struct CellNames {
  private(set) var known: [String: Cell] = [:]

  init(_ study: StudySpec, records: [String: RunRecord], ids: RunIDs) {
    var known: [String: Cell] = [:]
    _ = study.next(finished: records) { cell in
      let id = ids.id(of: cell)
      known[id] = cell
      return id
    }
    self.known = known
  }

  /// The cell's name, or the id.
  func name(_ id: String) -> String { known[id]?.name ?? id }
}
