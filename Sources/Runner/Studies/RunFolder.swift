import Durable
import Study

/// The folder of one run below the study's runs folder: its resolved cell, log, checkpoints and
/// learning curve.
enum RunFolder {
  /// The folder of run `id`.
  static func path(_ id: String, below runsFolder: String) -> String {
    PathName.join(runsFolder, id)
  }

  /// Whether regbench makes a file or folder of this name in a study's runs folder: only such are
  /// ever removed.
  static func isOwn(_ name: String) -> Bool {
    isID(name) || name.hasPrefix(replayPrefix) && isID(name.dropFirst(replayPrefix.count))
      || isShared(name) || ProcessPool.isLog(name)
      || [Journal.name, StudyPlan.name, StudyNote.name].contains(name)
  }

  /// Whether processes meet at the file or folder of this name: it may be in use at any time.
  static func isShared(_ name: String) -> Bool { [claimsName, lockName].contains(name) }

  private static let claimsName = "claims"
  private static let lockName = "lock"

  /// Whether a folder's name is the id of a run.
  static func isID(_ name: some StringProtocol) -> Bool {
    name.utf8.count == 16
      && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// Where a worker's standard error goes while it trains the run.
  static func log(in folder: String) -> String { PathName.join(folder, "log.txt") }

  /// Where processes claim runs, below the study's runs folder.
  static func claims(in runsFolder: String) -> String { PathName.join(runsFolder, claimsName) }

  /// The lock of who opens the journal or writes records.
  static func lock(in runsFolder: String) -> String { PathName.join(runsFolder, lockName) }

  private static let replayPrefix = "replay-"

  /// The folder in which run `id` is trained again to be compared.
  static func replay(_ id: String, below runsFolder: String) -> String {
    PathName.join(runsFolder, replayPrefix + id)
  }

  /// Notes why the run failed; a note that cannot be written changes nothing.
  static func noteFailure(_ reason: String, in folder: String) {
    try? AtomicFile.write(reason + "\n", to: PathName.join(folder, failureName))
  }

  /// Why the run failed, if it did when it was tried last.
  static func failure(in folder: String) -> String? {
    guard let bytes = try? FileContents.read(PathName.join(folder, failureName)) else {
      return nil
    }
    return String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  /// Forgets a failure, since the run is tried again.
  static func forgetFailure(in folder: String) throws(FileError) {
    let note = PathName.join(folder, failureName)
    if FileContents.exists(note) { try Folder.removeFile(note) }
  }

  private static let failureName = "failure.txt"

  /// The resolved cell.
  static func cell(in folder: String) -> String { PathName.join(folder, "cell.json") }
}
