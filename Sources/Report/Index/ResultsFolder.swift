import Durable
import Study

/// A folder of result folders: `results/`, with `<study>/<profile>` below it.
package struct ResultsFolder: Sendable {
  /// The folder.
  package let path: String

  /// Names a folder; touches nothing.
  package init(_ path: String) { self.path = path }

  /// One result folder, or why it cannot be read.
  package struct Entry: Sendable {
    /// `<study>/<profile>`.
    package var name: String
    package var study: Result<StudyRecords, ResultFolder.Problem>
  }

  /// All result folders below, by name.
  /// - Throws: `FileError` where a folder cannot be listed.
  package func entries() throws(FileError) -> [Entry] {
    var entries: [Entry] = []
    for study in try Folder.entries(path) {
      let folder = PathName.join(path, study)
      guard FileContents.identity(of: folder)?.isFolder == true else { continue }
      for profile in try Folder.entries(folder) {
        let result = ResultFolder(PathName.join(folder, profile))
        guard result.isThere else { continue }
        let name = "\(study)/\(profile)"
        do {
          entries.append(Entry(name: name, study: .success(try result.everything())))
        } catch {
          entries.append(Entry(name: name, study: .failure(error)))
        }
      }
    }
    return entries
  }

  /// Writes the index in Markdown between the lines that mark its place in README.md; a file without
  /// them is somebody's own and left alone.
  /// - Returns: whether it was written.
  /// - Throws: `FileError` where it cannot be.
  @discardableResult
  package func writeMarkdown(_ entries: [Entry]) throws(FileError) -> Bool {
    let file = PathName.join(path, "README.md")
    let present =
      FileContents.exists(file)
      ? String(decoding: try FileContents.read(file), as: UTF8.self)
      : "# Results\n\n\(IndexMarkdown.start)\(IndexMarkdown.end)"
    guard let text = IndexMarkdown.inserting(entries, into: present) else { return false }
    try AtomicFile.write(text, to: file)
    return true
  }
}
