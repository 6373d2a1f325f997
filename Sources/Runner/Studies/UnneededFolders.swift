import Durable
import Study

/// A run's folder that nothing needs.
package struct UnneededFolder: Equatable, Sendable {
  /// The folder.
  package var path: String
  /// Bytes of its files.
  package var bytes: Int
  /// Why it is not needed.
  package var reason: String
}

extension RunsFolder {
  /// The folders of runs that the study does not have, and of finished ones if asked for; the
  /// largest first. Runs that a process works on are not among them.
  package func unneededFolders(includingFinished: Bool) throws -> [UnneededFolder] {
    let agenda = try agenda(try finishedRuns())
    let claimed = Set(running.keys)
    let found = ids.filter { !claimed.contains($0) }.compactMap { id -> UnneededFolder? in
      let reason: String
      if agenda.run(id) == nil {
        reason = "the study has no such run"
      } else if agenda.isFinished(id), includingFinished {
        reason = "finished"
      } else {
        return nil
      }
      return UnneededFolder(
        path: folder(of: id), bytes: Folder.size(folder(of: id)), reason: reason)
    }
    return found.sorted { ($1.bytes, $0.path) < ($0.bytes, $1.path) }
  }
}
