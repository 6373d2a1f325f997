import Canonical
import Engine
import Model
import Study

/// What a cell needs beside time, known before anything is trained.
package struct CellFootprint: Equatable, Sendable {
  /// Numbers that the networks learn.
  package var parameters: Int
  /// Memory of a worker that trains it, in megabytes.
  package var megabytes: Int
  package var checkpointBytes: Int

  /// What a worker takes before it has a network: program, libraries, their tables.
  static let baseMegabytes = 60

  /// nil for a cell whose network cannot be built.
  ///
  /// Counted are the arrays of the compiled networks, which are reserved for it and not touched;
  /// what an optimizer keeps of each parameter, and early stopping; and the images of the data set,
  /// which workers share but which must fit once.
  package init?(_ spec: CellSpec) {
    guard let networks = try? spec.work.runnable.networks(spec) else { return nil }
    let batch = spec.setup?.recipe.batch ?? 1
    var (parameters, bytes) = (0, 0)
    for network in networks {
      guard let count = try? network.parameterCount(),
        let memory = try? Network.byteCount(of: network, capacity: batch)
      else { return nil }
      parameters += count
      // The optimizer has two numbers for each parameter at most, early stopping one.
      bytes += memory + 3 * 4 * count
    }
    let members = CellProcedures(spec).members ?? 1
    self.parameters = parameters
    let images = spec.setup?.facts.map { ($0.training + $0.test) * $0.shape.count } ?? 0
    megabytes = Self.baseMegabytes + (members * bytes + images) / 1_000_000
    checkpointBytes = members * 4 * 3 * parameters + 4096
  }
}

/// What the cells of a study need; those of one kind are looked at once.
package struct StudyFootprint {
  private let cells: [(runs: PlannedRuns, footprint: CellFootprint?)]

  /// Checkpoints kept, and the one that is being written.
  private static let checkpoints = 3
  /// Log, resolved cell, learning curve, and the run's lines in journal and records.
  private static let recordBytes = 32_768

  package init(_ runs: [PlannedRuns]) {
    var known: [String: CellFootprint?] = [:]
    cells = runs.map { run in
      let spec = run.example.spec
      let key = "\(spec.kindText) \(spec.dataKey)"
      let footprint = known[key] ?? CellFootprint(spec)
      known[key] = footprint
      return (run, footprint)
    }
  }

  /// By the place in the runs.
  func footprint(_ index: Int) -> CellFootprint? { cells[index].footprint }

  /// The cell whose worker takes the most memory; nil where none can be built.
  package var largest: (cell: Cell, megabytes: Int)? {
    cells.compactMap { runs, footprint in footprint.map { (runs.example, $0.megabytes) } }
      .max { $0.1 < $1.1 }
  }

  /// How many workers fit into so much memory, at least one.
  package func workers(freeMegabytes: Int) -> Int {
    // A tenth stays free for everything else.
    max(1, freeMegabytes * 9 / 10 / (largest?.megabytes ?? CellFootprint.baseMegabytes))
  }

  /// Bytes that the study takes on the disk while it runs: the checkpoints of the largest cells that
  /// run at the same time, and what is kept of every run.
  package func diskBytes(jobs: Int) -> Int {
    let count = cells.reduce(0) { $0 + $1.runs.count }
    let sizes = cells.flatMap { runs, footprint in
      Array(repeating: footprint?.checkpointBytes ?? 0, count: min(runs.count, jobs))
    }.sorted(by: >)
    return sizes.prefix(jobs).reduce(0, +) * Self.checkpoints + count * Self.recordBytes
  }
}

extension CellSpec {
  /// Its networks, or the formula, as text.
  var networkText: String {
    let others = Set(TrainingSetup.fields.flatMap(\.keys).map(\.name)).subtracting(["network"])
    let own = work.spec.jsonMembers.filter { !others.contains($0.name) }
    return JSONValue.object(own).canonicalText
  }

  /// What cells of equal speed and size have in common: everything but the seed, the trial, the
  /// lengths of training, and the values of rates.
  var kindText: String {
    let shape = setup?.facts.map { "\($0.shape) \($0.classes)" } ?? ""
    let optimizer = setup?.recipe.json["optimizer"]?["name"]?.stringValue ?? ""
    let regularizers = regularizers.map { regularizer -> String in
      let json = regularizer.json
      if type(of: regularizer).attachment == .procedure { return json.canonicalText }
      return "\(json["name"]?.stringValue ?? "") \(json["at"]?.canonicalText ?? "")"
    }
    return [
      task.rawValue, networkText, shape, setup.map { String($0.recipe.batch) } ?? "", optimizer,
    ].joined(separator: "|") + "|" + regularizers.joined(separator: ",")
  }
}
