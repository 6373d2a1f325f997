import Canonical
import Durable
import Study

/// Where a study's files lie, relative to the working directory.
package struct StudyFolders: Equatable, Sendable {
  /// The result: `results/<study>/<profile>`, or what `--out` says.
  package var result: String
  /// Journal, checkpoints and logs: `runs/<study>/<profile>`. Each result folder has its own, so
  /// that a result made elsewhere is trained and not copied.
  package var runs: String

  /// The folders of a study.
  package init(_ study: StudySpec, out: String? = nil) {
    result = out ?? PathName.join("results", study.folder)
    runs = PathName.join("runs", study.folder)
    if let out { runs += "-out-\(SHA256.hex(Array(out.utf8)).prefix(8))" }
  }
}
