import Durable
import Study

/// A run's folder that nothing needs.
package struct Leftover: Equatable, Sendable {
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
  package func leftovers(includingFinished: Bool) throws -> [Leftover] {
    let study = try study.get()
    let recorded = try RecordFolder(note.outFolder).entries()
    let journal = Journal.path(in: path)
    let entries = recorded + Journal.entries(try AppendLog.lines(of: journal), path: journal)
    let finished = Dictionary(entries.map { ($0.record.id, $0.record) }) { _, later in later }
    let names = CellNames(study, records: finished, ids: try ids(of: study))
    let claimed = Set(running.keys)
    let found = ids.filter { !claimed.contains($0) }.compactMap { id -> Leftover? in
      let reason: String
      if names.known[id] == nil {
        reason = "the study has no such run"
      } else if finished[id] != nil, includingFinished {
        reason = "finished"
      } else {
        return nil
      }
      return Leftover(path: folder(of: id), bytes: Folder.size(folder(of: id)), reason: reason)
    }
    return found.sorted { ($1.bytes, $0.path) < ($0.bytes, $1.path) }
  }
}
