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
    let runs = try folder.finishedRuns()
    let agenda = try folder.agenda(runs)
    study = agenda.study
    let finished = Dictionary(runs.map { ($0.record.id, $0.timing) }) { _, later in later }
    let timings = finished.filter { agenda.run($0.key) != nil }
    stages = Self.stages(agenda, timings.keys)
    func name(_ id: String) -> String { agenda.cell(id)?.name ?? id }
    running = folder.running.sorted { $0.key < $1.key }.map { id, holder in
      Item(id: id, name: name(id), text: holder)
    }
    failed = folder.ids.filter { finished[$0] == nil }.compactMap { id in
      RunFolder.failure(in: folder.folder(of: id)).map {
        Item(id: id, name: name(id), text: $0)
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
        timings.compactMap { id, timing in agenda.cell(id).map { ($0, timing) } })
    }
  }

  /// Finished runs.
  package var finishedCount: Int { stages.reduce(0) { $0 + $1.finished } }
  /// Runs in all, at most.
  package var totalCount: Int { stages.reduce(0) { $0 + $1.total } }

  private static func stages(
    _ agenda: StudyAgenda, _ finished: some Sequence<String>
  ) -> [Stage] {
    var stages: [Stage] = []
    var indices: [String: Int] = [:]
    for runs in agenda.study.upperBound {
      if let index = indices[runs.stage] {
        stages[index].total += runs.count
      } else {
        indices[runs.stage] = stages.count
        stages.append(Stage(name: runs.stage, finished: 0, total: runs.count))
      }
    }
    for id in finished {
      if let run = agenda.run(id),
        let index = indices[run.stage.name(arm: agenda.armName(row: run.row))]
      {
        stages[index].finished += 1
      }
    }
    return stages
  }
}
