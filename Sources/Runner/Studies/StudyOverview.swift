import Durable
import Study

/// How far a study is and how long it takes here, told from its folders alone: no data are opened, and
/// runs are told by their places, not by their ids.
package struct StudyOverview: Equatable, Sendable {
  /// Runs that are done.
  package let finished: Int
  /// Runs in all, at most.
  package let total: Int
  /// About how many seconds the whole study takes on this machine; nil where it was neither planned
  /// nor begun here.
  package let seconds: Double?

  /// A stage of a row.
  private struct Place: Hashable {
    let isFinal: Bool
    let arm: String
    /// In the order of their names, which is a journal's.
    let axes: [AxisValue]

    init(isFinal: Bool, arm: String, axes: [AxisValue]) {
      self.isFinal = isFinal
      self.arm = arm
      self.axes = axes.sorted { $0.key < $1.key }
    }
  }

  /// Looks at the usual folders of the study; what cannot be read in them counts as absent.
  package init(_ study: StudySpec) {
    let folders = StudyFolders(study)
    let planned = study.upperBound
    let kept = (try? Journal.runs(in: folders.runs, except: [])) ?? []
    let recorded = (try? ResultFolder(folders.result).runs())??.records ?? []
    let timings = ((try? ResultFolder(folders.result).timings()) ?? []) + kept.map(\.timing)
    let records = Dictionary((recorded + kept.map(\.record)).map { ($0.id, $0) }) { $1 }

    var limits: [Place: Int] = [:]
    var counts: [Place: Int] = [:]
    for runs in planned { limits[Self.place(runs), default: 0] += runs.count }
    for record in records.values where record.trial <= study.trials {
      counts[Self.place(record), default: 0] += 1
    }
    finished = limits.reduce(0) { $0 + min($1.value, counts[$1.key] ?? 0) }
    total = planned.reduce(0) { $0 + $1.count }
    seconds =
      StudyPlan(in: folders.runs)?.seconds ?? Self.seconds(planned, records, timings)
  }

  private static func place(_ runs: PlannedRuns) -> Place {
    Place(isFinal: runs.isFinal, arm: runs.example.arm, axes: runs.example.axes)
  }

  private static func place(_ record: RunRecord) -> Place {
    Place(isFinal: record.stage == .final, arm: record.arm, axes: record.axes)
  }

  /// What all runs take by the speed of those that were trained on a processor like this one.
  private static func seconds(
    _ planned: [PlannedRuns], _ records: [String: RunRecord], _ timings: [RunTiming]
  ) -> Double? {
    let host = HostFacts.current
    let own = timings.filter { $0.cpu == host.cpu && $0.cost.seconds > 0 }
    guard !own.isEmpty else { return nil }
    let works = planned.map { CostModel.Work($0.example) }
    let byPlace = Dictionary(zip(planned.map(place), works)) { first, _ in first }
    let known = own.compactMap { timing in
      records[timing.id].flatMap { byPlace[place($0)] }.map { (work: $0, timing: timing) }
    }
    guard !known.isEmpty else { return nil }
    var costs = CostModel()
    costs.learn(known)
    let all = zip(planned, works).reduce(0) { $0 + Double($1.0.count) * costs.seconds($1.1) }
    return all / Double(host.cores)
  }
}
