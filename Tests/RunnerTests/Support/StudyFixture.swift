import Canonical
import Study
import TestSupport

@testable import Runner

/// A small study, its folders, and calls that train it with scripted workers.
final class StudyFixture {
  let folder: TemporaryFolder
  let study: StudySpec
  /// What was told, in order.
  let events = EventList()

  /// Two rows, a fixed arm and two arms with selection, of which one refers to the other.
  static let text = """
    {"study": "small", "trials": 2, "seed": 3, "reduced": "a test",
     "dataset": {"name": "synthetic", "validation": 100},
     "network": {"name": "mlp", "hidden": [8]}, "axes": {"trainSize": [50, 100]},
     "training": {"batch": 10, "iterations": 20, "optimizer": {"name": "sgd"},
      "learningRate": {"schedule": "constant", "base": 0.1}},
     "arms": [{"name": "plain"},
      {"name": "Dropout", "regularizers": [
       {"name": "dropout", "drop": {"select": [0.2, 0.5, 0.7]}}]},
      {"name": "Shakeout", "regularizers": [{"name": "shakeout", "c": 0.1,
       "drop": {"select": [0, -0.1], "relativeTo": "Dropout.drop"}}]}]}
    """
  /// 3 + 2 candidates and 3 × 2 trials for each of two rows.
  static let runs = 22

  init(_ text: String = StudyFixture.text, folder: TemporaryFolder? = nil) throws {
    self.folder = try folder ?? TemporaryFolder()
    study = try StudySpec.load(file: "small.json") { _ in Array(text.utf8) }.get()
  }

  /// Options with this fixture's folders.
  func options(out: String = "out") -> RunOptions {
    var options = RunOptions(outFolder: folder.file(out), runsFolder: folder.file("\(out)-runs"))
    options.jobs = 2
    return options
  }

  /// Trains what is missing.
  func run(
    _ options: RunOptions, _ pool: ScriptedPool = ScriptedPool(),
    observer: (any RunObserver)? = nil, change: (StudyRunner) -> Void = { _ in }
  ) throws -> RunSummary {
    let data = study.upperBound.map { runs in
      (
        runs.example.dataKey,
        Provenance.Data(name: "synthetic", digest: "d1", origin: "made", isVerified: true)
      )
    }
    if observer == nil { events.all = [] }
    let runner = StudyRunner(study, options, observer: observer ?? events)
    change(runner)
    return try runner.run(
      data: Dictionary(data) { first, _ in first }
    ) { pool }
  }
}

/// Remembers events.
final class EventList: RunObserver {
  var all: [RunEvent] = []
  func handle(_ event: RunEvent) { all.append(event) }

  /// The plan, if one was told.
  var plan: RunPlan? {
    for case .planned(let plan) in all { return plan }
    return nil
  }
  /// What was found, if anything.
  var found: FoundRuns? {
    for case .found(let found) in all { return found }
    return nil
  }
  /// How many runs left runs.csv, each time that this was told.
  var setAside: [Int] {
    all.compactMap { if case .setAside(let runs, _, _) = $0 { runs } else { nil } }
  }
  /// How often cells were tried again.
  var retries: Int { all.count { if case .retrying = $0 { true } else { false } } }
}
