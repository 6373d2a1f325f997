import Canonical
import Durable
import Study

/// Where a study's files lie, relative to the working directory.
public struct StudyFolders: Equatable, Sendable {
  /// The result: `results/<study>/<profile>`, or what `--out` says.
  public var result: String
  /// Journal, checkpoints and logs: `runs/<study>/<profile>`. Each result folder has its own, so
  /// that a result made elsewhere is trained and not copied.
  public var runs: String

  /// The folders of a study. What `--set`, `--only` or other data altered has a suffix, so that it
  /// never takes the place of the study's own result.
  public init(_ study: StudySpec, out: String? = nil) {
    let name = study.isAltered ? "\(study.profile)-\(study.alterationHash)" : study.profile
    let place = PathName.join(study.name, name)
    guard let out else {
      result = PathName.join("results", place)
      runs = PathName.join("runs", place)
      return
    }
    result = out
    let suffix = SHA256.hex(Array(out.utf8)).prefix(8)
    runs = PathName.join("runs", "\(place)-out-\(suffix)")
  }
}
