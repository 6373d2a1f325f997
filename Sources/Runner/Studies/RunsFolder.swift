import Durable
import Study

/// The folder where a study is, or was, trained: `runs/<study>/<profile>`, found from the folder of
/// its result.
package struct RunsFolder: Sendable {
  /// The folder.
  package let path: String
  /// What it says about its study.
  package let note: StudyNote

  /// Finds it: `folder` may be the runs folder itself, or the result folder that it feeds; the
  /// latter is looked for below `runs` in the working directory. Nil if there is none.
  package init?(for folder: String, below runs: String = "runs") {
    if let note = StudyNote(in: folder) {
      self.init(path: folder, note: note)
      return
    }
    let wanted = FileContents.identity(of: folder)
    for study in (try? Folder.entries(runs)) ?? [] {
      let parent = PathName.join(runs, study)
      for profile in (try? Folder.entries(parent)) ?? [] {
        let path = PathName.join(parent, profile)
        guard let note = StudyNote(in: path) else { continue }
        let isSame =
          Self.trimmed(note.outFolder) == Self.trimmed(folder)
          || wanted.map { Self.isSame($0, FileContents.identity(of: note.outFolder)) } ?? false
        if isSame {
          self.init(path: path, note: note)
          return
        }
      }
    }
    return nil
  }

  private init(path: String, note: StudyNote) {
    self.path = path
    self.note = note
  }

  /// The study as it is trained there.
  package var study: Result<StudySpec, InvalidStudy> {
    StudySpec.restoring(note.study, file: PathName.join(path, StudyNote.name))
  }

  /// What makes the ids of its runs.
  /// - Throws: `WeightsError` where an earlier version has not noted the digests of the weights that
  ///   the study starts from, and they cannot be read.
  func ids(of study: StudySpec) throws -> RunIDs {
    let paths = study.upperBound.compactMap(\.example.spec.setup?.recipe.initialWeights)
    if paths.allSatisfy({ note.ids.weights[$0] != nil }) { return note.ids }
    return RunIDs(data: note.ids.data, weights: try InitialWeights.digests(of: study) { _ in })
  }

  /// The ids of the runs that have a folder, in order.
  package var ids: [String] {
    ((try? Folder.entries(path)) ?? []).filter { RunFolder.isID($0) }
  }

  package func folder(of id: String) -> String { RunFolder.path(id, below: path) }

  /// The log of a run: what its worker said while it trained it.
  package func log(of id: String) -> String { RunFolder.log(in: folder(of: id)) }

  /// Who trains what now: host and process by run. Claims of processes that are known to have ended
  /// are left out.
  package var running: [String: String] {
    let folder = RunFolder.claims(in: path)
    let living = Set(ClaimFolder.living(in: folder))
    return ClaimFolder.holders(in: folder).filter { living.contains($0.value) }
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
