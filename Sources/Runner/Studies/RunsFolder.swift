import Durable
import Study

/// The folder where a study is, or was, trained, found from the folder of its result.
package struct RunsFolder: Sendable {
  /// The folder.
  package let path: String
  /// What it says about its study.
  package private(set) var note: StudyNote

  /// Finds it: `folder` may be the runs folder itself, or the result folder that it feeds. Nil if there is
  /// none.
  package init?(for folder: String) {
    if let note = StudyNote(in: folder) {
      self.init(path: folder, note: note)
      // Elsewhere the note may be read from another working directory than it was written from.
      let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
      if let hidden = parts.lastIndex(of: Substring(StudyFolders.hiddenName)), hidden > 0 {
        self.note.outFolder = parts[..<hidden].joined(separator: "/")
      }
      return
    }
    let hidden = PathName.join(folder, StudyFolders.hiddenName)
    let inside = Folder.paths(in: hidden).flatMap(Folder.paths)
    let candidates = [StudyFolders.runsBeside(folder)].compactMap { $0 } + inside
    for path in candidates + [Self.ofEarlierVersions(folder)].compactMap({ $0 }) {
      guard var note = StudyNote(in: path) else { continue }
      note.outFolder = folder
      self.init(path: path, note: note)
      return
    }
    return nil
  }

  /// The folder in which an earlier version worked for a result folder that is not below `results`: it was
  /// below `runs` in the working directory.
  static func ofEarlierVersions(_ folder: String) -> String? {
    let wanted = FileContents.identity(of: folder)
    return Folder.paths(in: "runs").flatMap(Folder.paths).first { path in
      guard let note = StudyNote(in: path) else { return false }
      return trimmed(note.outFolder) == trimmed(folder)
        || wanted.map { isSame($0, FileContents.identity(of: note.outFolder)) } ?? false
    }
  }

  private init(path: String, note: StudyNote) {
    self.path = path
    self.note = note
  }

  /// The study as it is trained there.
  package var study: Result<StudySpec, InvalidStudy> {
    StudySpec.restoring(note.study, file: PathName.join(path, StudyNote.name))
  }

  /// The study's finished runs, of this folder and of its result folder.
  /// - Throws: `ResultFolder.Problem` also where a row of runs.csv is not as it was written, unless the
  ///   run is kept here.
  package func finishedRuns() throws -> [FinishedRun] {
    let (recorded, _, damage) = try ResultFolder(note.outFolder).finishedRuns()
    let kept = try Journal.runs(in: path, except: Set(recorded.map(\.record.id)))
    let ids = Set(kept.map(\.record.id))
    let lost = damage.filter { !ids.contains($0.id) }
    guard lost.isEmpty else { throw ResultFolder.Problem.damaged(lost.map(\.diagnostic)) }
    return recorded + kept
  }

  /// The study's runs by their ids.
  /// - Throws: `InvalidStudy`, and `WeightsError` where an earlier version has not noted the digests of
  ///   the weights that the study starts from, and they cannot be read.
  func agenda(_ runs: [FinishedRun]) throws -> StudyAgenda {
    let study = try study.get()
    let paths = study.upperBound.compactMap(\.example.spec.setup?.recipe.initialWeights)
    var ids = note.ids
    if !paths.allSatisfy({ ids.weights[$0] != nil }) {
      ids = RunIDs(data: ids.data, weights: try InitialWeights.digests(of: study) { _ in })
    }
    return StudyAgenda(study, ids: ids, records: runs.map(\.record))
  }

  /// The ids of the runs that have a folder, in order.
  package var ids: [String] {
    ((try? Folder.entries(path)) ?? []).filter { RunFolder.isID($0) }
  }

  package func folder(of id: String) -> String { RunFolder.path(id, below: path) }

  /// The log of a run: what its worker said while it trained it.
  package func log(of id: String) -> String { RunFolder.log(in: folder(of: id)) }

  /// Whether a process works in the folder, as far as can be told.
  package var isInUse: Bool { !ClaimFolder.living(in: RunFolder.claims(in: path)).isEmpty }

  /// Who trains what now: host and process by run. Claims of processes that are known to have ended
  /// are left out.
  package var running: [String: String] {
    let folder = RunFolder.claims(in: path)
    let living = Set(ClaimFolder.living(in: folder))
    return ClaimFolder.holders(in: folder).filter { id, holder in
      living.contains(holder) && RunFolder.isID(id)
    }
  }

  private static func isSame(_ a: FileIdentity, _ b: FileIdentity?) -> Bool {
    a.device == b?.device && a.inode == b?.inode
  }

  private static func trimmed(_ path: String) -> Substring {
    var rest = Substring(path)
    while rest.count > 1, rest.hasSuffix("/") { rest.removeLast() }
    if rest.hasPrefix("./") { rest = rest.dropFirst(2) }
    return rest
  }
}
