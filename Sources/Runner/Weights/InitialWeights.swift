import Engine
import Model
import Study
import Weights

/// The file of weights that a cell's training starts from.
struct InitialWeights {
  /// The file, relative to the working directory.
  let path: String
  private let weights: NetworkWeights
  /// What the names of each network's arrays begin with among the task's.
  private let prefixes: [String]

  /// The file of a cell; nil for a cell that draws its weights.
  /// - Throws: `RegularizerConflict`, `ShapeError` for networks that cannot be.
  init?(of spec: CellSpec, on facts: DatasetFacts) throws {
    guard let path = spec.setup?.recipe.initialWeights else { return nil }
    self.path = path
    weights = try NetworkWeights(spec.networkSpec(facts))
    prefixes = CellProcedures(spec).members.map { (0..<$0).map(BaggingTask.prefix) } ?? [""]
  }

  /// Fills a task's learned arrays.
  /// - Parameter digest: what the file must have.
  /// - Throws: `WeightsError`, `RunnerError` where the file is another than the parent found.
  func load(into task: any Task, expecting digest: String?) throws {
    for prefix in prefixes {
      // A file is read from its beginning once.
      let file = try SafetensorsFile(path)
      let found = try weights.load(file, into: { task.weights.find(prefix + $0) })
      guard found == digest else {
        throw RunnerError.impossibleCell(reason: "\(path) has changed since the study was started")
      }
    }
  }

  /// Checks every file of a study against the networks that start from it.
  /// - Parameter say: hears what was done to names so that they fit.
  /// - Returns: the files' digests by path.
  /// - Throws: `WeightsError` for the first that is missing, damaged, or of another network.
  static func digests(
    of study: StudySpec, say: (String) -> Void
  ) throws -> [String: String] {
    var digests: [String: String] = [:]
    for runs in study.upperBound {
      let spec = runs.example.spec
      // Of user files only the worker knows the shape.
      guard let setup = spec.setup, let path = setup.recipe.initialWeights else { continue }
      let file = try SafetensorsFile(path)
      if setup.dataset.files == nil, let facts = setup.facts {
        let prefix = try InitialWeights(of: spec, on: facts)?.weights.check(file) ?? ""
        let note = NetworkWeights.note(ofPrefix: prefix, in: path)
        if let note, digests[path] == nil { say(note) }
      }
      if digests[path] == nil { digests[path] = try NetworkWeights.digest(file) }
    }
    return digests
  }
}

extension [NamedArray] {
  /// The array of a name.
  func find(_ name: String) -> UnsafeMutableBufferPointer<Float>? {
    first { $0.name == name }?.values
  }
}
