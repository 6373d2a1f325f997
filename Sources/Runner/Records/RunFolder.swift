import Durable

/// The folder of one run below the study's runs folder: its resolved cell, log, checkpoints and
/// learning curve.
enum RunFolder {
  /// The folder of run `id`.
  static func path(_ id: String, below runsFolder: String) -> String {
    PathName.join(runsFolder, id)
  }

  /// Where a worker's standard error goes while it trains the run.
  static func log(in folder: String) -> String { PathName.join(folder, "log.txt") }

  /// Where processes claim runs, below the study's runs folder.
  static func claims(in runsFolder: String) -> String { PathName.join(runsFolder, "claims") }

  /// The resolved cell.
  static func cell(in folder: String) -> String { PathName.join(folder, "cell.json") }
}
