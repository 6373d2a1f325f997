import Durable
import Study

/// Finished runs in the other result folders of a study, which `--only`, `--set`, `--out` and profiles
/// have made. A run has the same id wherever it was trained, so that it need not be trained again.
struct NeighbouringRuns {
  /// The sound runs of each folder, by the folder's name.
  let folders: [(path: String, runs: [FinishedRun])]

  /// Looks for them; a folder that cannot be read has none.
  /// - Parameter out: the study's own result folder.
  init(of study: StudySpec, besides out: String) {
    let usual = PathName.join("results", study.name)
    let parent = PathName.parent(of: out)
    let parents = PathName.last(of: parent) == study.name ? [usual, parent] : [usual]
    var seen = [FileContents.identity(of: out)].compactMap(\.self).map(Self.place)
    var found: [(path: String, runs: [FinishedRun])] = []
    for folder in parents {
      for path in Folder.paths(in: folder) {
        guard let identity = FileContents.identity(of: path), identity.isFolder,
          !seen.contains(where: { $0 == Self.place(identity) })
        else { continue }
        seen.append(Self.place(identity))
        let runs = Self.runs(in: path)
        if !runs.isEmpty { found.append((path, runs)) }
      }
    }
    folders = found
  }

  private static func place(_ identity: FileIdentity) -> [UInt64] {
    [identity.device, identity.inode]
  }

  /// Rows that are as they were written, and what the journal of a study that has not ended holds.
  private static func runs(in path: String) -> [FinishedRun] {
    let recorded = (try? ResultFolder(path).finishedRuns().runs) ?? []
    let kept = RunsFolder(for: path).flatMap { try? Journal.runs(in: $0.path, except: []) } ?? []
    return recorded + kept
  }

  /// The runs that are not among some, each once.
  func runs(without ids: Set<String>) -> [FinishedRun] {
    var seen = ids
    return folders.flatMap(\.runs).filter { seen.insert($0.record.id).inserted }
  }

  /// How many of these runs each folder has; a run of several folders counts for the first.
  func counts(of ids: Set<String>) -> [TakenRuns] {
    var rest = ids
    return folders.compactMap { path, runs in
      let own = rest.intersection(runs.map(\.record.id))
      rest.subtract(own)
      return own.isEmpty ? nil : TakenRuns(folder: path, runs: own.count)
    }
  }
}
