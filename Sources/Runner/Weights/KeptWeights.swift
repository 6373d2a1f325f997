import Canonical
import Durable
import Engine
import Model
import Study
import Weights

/// The weights that a finished run has left in its folder: a safetensors file in PyTorch's names and
/// layouts whose metadata say where it comes from. A GAN leaves two, of its discriminator under the
/// usual name and of its generator beside it; a bagged ensemble leaves one for each member,
/// `member0.safetensors` and so on.
package enum KeptWeights {
  /// The file's name in the run's folder.
  static let fileName = "weights.safetensors"
  /// The metadata's keys.
  enum Key {
    /// The network as `networks --json` describes it.
    static let network = "network"
    /// The resolved cell.
    static let cell = "cell"
  }

  /// Writes a run's weights into its folder.
  static func save(
    _ arrays: [NamedArray], of spec: CellSpec, on facts: DatasetFacts, run id: String,
    _ outcome: TrainingResult, in folder: String
  ) throws {
    func save(_ choice: NetworkChoice, _ prefix: String, _ name: String) throws {
      let network = choice.network(input: facts.shape, classes: facts.classes)
      let description = try NetworkDescription(network, choice: choice)
      var metadata = [
        "format": "pt", "made_by": "regbench", Key.network: description.json.canonicalText,
        Key.cell: spec.json.canonicalText, "run": id, "updates": String(outcome.updates),
      ]
      metadata["test_error"] = outcome.last.testError?.shortestText
      try NetworkWeights(network).save(
        { arrays.find(prefix + $0) }, metadata: metadata, to: PathName.join(folder, name))
    }
    for kept in spec.work.runnable.keptNetworks {
      guard let members = CellProcedures(spec).members else {
        try save(kept.network, kept.prefix, kept.fileName)
        continue
      }
      for member in 0..<members {
        let prefix = BaggingTask.prefix(of: member)
        try save(kept.network, prefix + kept.prefix, "\(prefix)safetensors")
      }
    }
  }

  /// The file of a run.
  /// - Parameters:
  ///   - run: the run's folder, or its id or the beginning of it.
  ///   - resultFolder: the result folder of its study; nil looks through all studies in `runs`.
  /// - Throws: `WeightsError` that says where it was looked for and how weights are kept.
  package static func find(_ run: String, of resultFolder: String?) throws -> String {
    guard let resultFolder else { return try find(run, below: "runs") }
    guard let study = RunsFolder(for: resultFolder)?.path else {
      throw WeightsError(
        .missing, file: resultFolder, "nothing was trained here for this result folder",
        advice: "weights lie where they were trained. \(howToKeep)")
    }
    return try find(run, in: [study], place: study)
  }

  /// - Parameter runsFolder: holds the folders of studies, and they those of profiles.
  static func find(_ run: String, below runsFolder: String) throws -> String {
    try find(run, in: Folder.paths(in: runsFolder).flatMap(Folder.paths), place: runsFolder)
  }

  private static func find(_ run: String, in studies: [String], place: String) throws -> String {
    if FileContents.identity(of: run)?.isFolder == true { return try file(in: run) }
    let runs = run.isEmpty || run.contains("/") ? [] : studies.flatMap(Folder.paths)
    let folders = runs.filter {
      PathName.last(of: $0).hasPrefix(run) && FileContents.identity(of: $0)?.isFolder == true
    }
    guard let first = folders.first else {
      throw WeightsError(
        .missing, file: run, "there is no such run below \(place)/",
        advice: "the ids of a study's runs stand in its runs.csv; weights lie where they were "
          + "trained, and only if they were kept; --out names a result folder that does not lie in "
          + "results/. \(howToKeep)")
    }
    let names = Set(folders.map { PathName.last(of: $0) })
    guard names.count == 1 else {
      throw WeightsError(
        .usage, file: run, "\(names.count) runs have ids that begin so",
        advice: "for example \(names.sorted().prefix(3).joined(separator: ", "))")
    }
    // The same run in several studies has the same weights.
    return try file(in: folders.first { !files(in: $0).isEmpty } ?? first)
  }

  /// The names of the files of weights in a run's folder.
  private static func files(in folder: String) -> [String] {
    let names = (try? Folder.entries(folder)) ?? []
    return names.filter { $0.hasSuffix(".safetensors") }.sorted()
  }

  private static func file(in folder: String) throws -> String {
    let files = files(in: folder)
    if files.contains(fileName) { return PathName.join(folder, fileName) }
    if let first = files.first {
      throw WeightsError(
        .usage, file: folder, "the run trained \(files.count) networks and has a file for each",
        advice: "name one of them, for example \(PathName.join(folder, first))")
    }
    throw WeightsError(
      .missing, file: folder, "no weights were kept of this run", advice: howToKeep)
  }

  private static let howToKeep =
    "`regbench run CONFIG --fresh --keep-weights` trains again and keeps the weights of every run of "
    + "the table; \"keepWeights\": \"final\" in the config keeps them always"
}
