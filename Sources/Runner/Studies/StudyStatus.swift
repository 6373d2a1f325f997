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
  /// What the last call of `run` thought it would take, in seconds of wall time, for so many runs; nil
  /// where it was not trained here.
  package let estimate: (seconds: Double, runs: Int)?
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
    (trainedSeconds, checkpointShare) = Self.taken(timings.values.map(\.cost))
    accuracy = StudyPlan(in: folder.path).flatMap { plan in
      PlanAccuracy(
        plan,
        timings.compactMap { id, timing in agenda.cell(id).map { ($0, timing) } })
    }
  }

  /// Reads a result folder of which nothing is trained here.
  /// - Throws: `ResultFolder.Problem`.
  package init(_ study: StudySpec, _ folder: ResultFolder) throws {
    let timings = Dictionary(try folder.timings().map { ($0.id, $0) }) { first, _ in first }
    let rows = Set(study.upperBound.map(\.example.row))
    let own = try folder.records().filter { record in
      rows.contains(record.row)
        && (record.stage == .selection || (1...study.trials).contains(record.trial))
    }
    self.study = study
    var stages = Self.planned(study)
    for record in own {
      let stage = record.stage == .final ? Cell.Stage.final : .selection(candidate: 0)
      let name = stage.name(arm: record.arm)
      if let index = stages.firstIndex(where: { $0.name == name }) { stages[index].finished += 1 }
    }
    self.stages = stages
    (running, failed, estimate, accuracy) = ([], [], nil, nil)
    (trainedSeconds, checkpointShare) = Self.taken(own.compactMap { timings[$0.id]?.cost })
  }

  /// Seconds of one core, and the share of them that went into checkpoints.
  private static func taken(_ costs: [RunCost]) -> (seconds: Double, checkpointShare: Double) {
    let all = costs.reduce(0) { $0 + $1.seconds }
    return (
      costs.reduce(0) { $0 + $1.seconds * Double($1.threads) },
      all > 0 ? costs.reduce(0) { $0 + $1.checkpointSeconds } / all : 0
    )
  }

  /// Finished runs.
  package var finishedCount: Int { stages.reduce(0) { $0 + $1.finished } }
  /// Runs in all, at most.
  package var totalCount: Int { stages.reduce(0) { $0 + $1.total } }

  /// The stages before anything is finished.
  private static func planned(_ study: StudySpec) -> [Stage] {
    study.upperBound.reduce(into: []) { stages, runs in
      if let index = stages.firstIndex(where: { $0.name == runs.stage }) {
        stages[index].total += runs.count
      } else {
        stages.append(Stage(name: runs.stage, finished: 0, total: runs.count))
      }
    }
  }

  private static func stages(
    _ agenda: StudyAgenda, _ finished: some Sequence<String>
  ) -> [Stage] {
    var stages = planned(agenda.study)
    let indices = Dictionary(uniqueKeysWithValues: stages.indices.map { (stages[$0].name, $0) })
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
