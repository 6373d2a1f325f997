import Canonical
import Durable
import Model
import Study

/// What a study will take, row by row, measured on this machine before it is begun.
package struct StudyPlan: Equatable {
  /// The runs of one stage and row.
  package struct Row: Equatable {
    /// `selection of Dropout`, or `final`.
    package var stage: String
    /// The arm's name.
    package var arm: String
    /// The axes' values.
    package var axes: [AxisValue]
    package var network: String
    /// How many runs, at most.
    package var runs: Int
    /// Numbers that the network learns.
    package var parameters: Int
    /// Nominal floating-point operations of one run: two per multiply-add, three passes per
    /// training image, one per evaluated image.
    package var operations: Double
    /// Seconds of one run on one thread.
    package var seconds: Double
    /// Whether updates were measured; otherwise memory did not suffice, and the seconds follow from
    /// the operations at the speed of the other rows.
    package var isMeasured: Bool
  }

  /// The rows in the order of the study.
  package var rows: [Row]
  /// Runs that are trained at a time: as many as memory allows.
  package var jobs: Int
  /// Runs that were to be trained at a time.
  package var wantedJobs: Int
  /// Bytes that the study takes on the disk while it runs.
  package var diskBytes: Int
  /// Memory of the largest worker, in megabytes.
  package var workerMegabytes: Int
  /// Processor time by time on the clock while it was measured: below 1 on a machine that does
  /// something else, too. The seconds of the rows are those of a machine that does not.
  package var processorShare: Double

  /// Runs in all, at most.
  package var runs: Int { rows.reduce(0) { $0 + $1.runs } }
  /// Nominal operations in all.
  package var operations: Double { rows.reduce(0) { $0 + Double($1.runs) * $1.operations } }
  package var threadSeconds: Double { rows.reduce(0) { $0 + Double($1.runs) * $1.seconds } }
  /// About how long it takes: the work spread over the jobs, but no less than the longest run.
  package var seconds: Double {
    max(threadSeconds / Double(max(1, jobs)), rows.map(\.seconds).max() ?? 0)
  }

  /// What the runs of one stage, or of one network, take together.
  package struct Total: Equatable {
    package var name: String
    package var runs: Int
    package var operations: Double
    /// Of one thread.
    package var seconds: Double
  }

  /// Sums by stage, the stages in the order of the study.
  package var stageTotals: [Total] { totals(\.stage) }

  /// Sums by network, in the order of the study.
  package var networkTotals: [Total] { totals(\.network) }

  private func totals(_ name: (Row) -> String) -> [Total] {
    rows.reduce(into: [Total]()) { totals, row in
      let place =
        totals.firstIndex { $0.name == name(row) }
        ?? {
          totals.append(Total(name: name(row), runs: 0, operations: 0, seconds: 0))
          return totals.count - 1
        }()
      totals[place].runs += row.runs
      totals[place].operations += Double(row.runs) * row.operations
      totals[place].seconds += Double(row.runs) * row.seconds
    }
  }

  /// The row of a run.
  func row(of cell: Cell) -> Row? {
    rows.first { $0.stage == cell.stageName && $0.arm == cell.arm && $0.axes == cell.axes }
  }
}

extension StudyPlan {
  static let name = "plan.json"

  /// Keeps the plan in a runs folder, so that `status` can set it against what it took.
  package func write(to runsFolder: String) throws(FileError) {
    try Folder.create(runsFolder)
    try AtomicFile.write(json.prettyText, to: PathName.join(runsFolder, Self.name))
  }

  /// The plan in a runs folder; nil if there is none.
  init?(in runsFolder: String) {
    let path = PathName.join(runsFolder, Self.name)
    guard let bytes = try? FileContents.read(path),
      case .success(let json) = JSONParser.parse(bytes, file: path),
      let rows = json["rows"]?.elements?.compactMap(Row.init), let jobs = json["jobs"]?.intValue,
      let wanted = json["wantedJobs"]?.intValue, let disk = json["diskBytes"]?.intValue,
      let memory = json["workerMegabytes"]?.intValue,
      let share = json["processorShare"]?.doubleValue
    else { return nil }
    self.init(
      rows: rows, jobs: jobs, wantedJobs: wanted, diskBytes: disk, workerMegabytes: memory,
      processorShare: share)
  }

  /// Everything, for programs.
  package var json: JSONValue {
    .object([
      "runs": .number(runs), "operations": .number(operations),
      "seconds": .number(seconds), "threadSeconds": .number(threadSeconds),
      "jobs": .number(jobs), "wantedJobs": .number(wantedJobs),
      "processorShare": .number(processorShare), "diskBytes": .number(diskBytes),
      "workerMegabytes": .number(workerMegabytes), "stages": .array(stageTotals.map(\.json)),
      "networks": .array(networkTotals.map(\.json)), "rows": .array(rows.map(\.json)),
    ])
  }
}

extension StudyPlan.Total {
  var json: JSONValue {
    .object([
      "name": .string(name), "runs": .number(runs), "operations": .number(operations),
      "threadSeconds": .number(seconds),
    ])
  }
}

extension StudyPlan.Row {
  var json: JSONValue {
    .object([
      "stage": .string(stage), "arm": .string(arm),
      "axes": .object(axes.map { .init($0.key, .string($0.value)) }), "network": .string(network),
      "runs": .number(runs),
      "parameters": .number(parameters), "operations": .number(operations),
      "seconds": .number(seconds), "measured": .bool(isMeasured),
    ])
  }

  init?(_ json: JSONValue) {
    guard let stage = json["stage"]?.stringValue, let arm = json["arm"]?.stringValue,
      let axes = json["axes"]?.members, let network = json["network"]?.stringValue,
      let runs = json["runs"]?.intValue,
      let parameters = json["parameters"]?.intValue,
      let operations = json["operations"]?.doubleValue,
      let seconds = json["seconds"]?.doubleValue, let isMeasured = json["measured"]?.boolValue
    else { return nil }
    self.init(
      stage: stage, arm: arm,
      axes: axes.map { AxisValue(key: $0.name, value: $0.value.stringValue ?? "") },
      network: network, runs: runs, parameters: parameters, operations: operations,
      seconds: seconds, isMeasured: isMeasured)
  }
}

/// How a plan's seconds compare with those that runs took.
package struct PlanAccuracy: Equatable, Sendable {
  /// Runs that were compared.
  package var runs: Int
  /// How many of them took within 35 % of what was planned.
  package var withinLimit: Int
  /// Seconds of one thread that were planned for them.
  package var planned: Double
  /// Seconds of one thread that they took.
  package var taken: Double

  /// The largest deviation that counts as foreseen.
  static let limit = 0.35

  /// Compares; nil if no run has both.
  init?(_ plan: StudyPlan, _ timings: [(Cell, RunTiming)]) {
    (runs, withinLimit, planned, taken) = (0, 0, 0, 0)
    for (cell, timing) in timings where timing.cost.seconds > 0 {
      guard let row = plan.row(of: cell) else { continue }
      let seconds = timing.cost.seconds * Double(timing.cost.threads)
      runs += 1
      planned += row.seconds
      taken += seconds
      if abs(row.seconds - seconds) <= Self.limit * seconds { withinLimit += 1 }
    }
    if runs == 0 { return nil }
  }
}
