import Durable
import Glibc
import Study

/// Where a study's files lie.
package struct StudyFolders: Equatable, Sendable {
  /// The result: `results/<study>/<profile>`, or what `--out` says.
  package let result: String
  /// Journal, checkpoints and logs. They belong to the result folder, however it is named and from
  /// wherever: beside `results/<study>/<profile>` that is `runs/<study>/<profile>`, and any other
  /// folder has them inside it.
  package let runs: String

  /// The hidden folder in a result folder that is not below `results`.
  static let hiddenName = ".runs"

  /// The folders of a study.
  package init(_ study: StudySpec, out: String? = nil) {
    guard let out else {
      result = PathName.join("results", study.folder)
      runs = PathName.join("runs", study.folder)
      return
    }
    result = out
    let usual =
      Self.runsBeside(out).flatMap { $0.hasSuffix("/\(study.folder)") ? $0 : nil }
      ?? PathName.join(PathName.join(out, Self.hiddenName), study.folder)
    let isUsed = StudyNote(in: usual) != nil
    runs = isUsed ? usual : RunsFolder.ofEarlierVersions(out) ?? usual
  }

  /// `…/runs/<study>/<profile>` for `…/results/<study>/<profile>`; nil for any other folder.
  static func runsBeside(_ result: String) -> String? {
    var parts = absolute(result).split(separator: "/")
    guard parts.count > 2, parts[parts.count - 3] == "results" else { return nil }
    parts[parts.count - 3] = "runs"
    return "/" + parts.joined(separator: "/")
  }

  /// The path from the root, without links as far as it exists.
  private static func absolute(_ path: String) -> String {
    var rest: [Substring] = []
    var known = path.isEmpty ? "." : path
    while true {
      if let found = realpath(known, nil) {
        defer { free(found) }
        return ([Substring(String(cString: found))] + rest).joined(separator: "/")
      }
      var parts = known.split(separator: "/", omittingEmptySubsequences: true)
      guard let last = parts.popLast() else { return path }
      rest.insert(last, at: 0)
      let parent = (known.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
      known = parent.isEmpty ? "." : parent
    }
  }
}
