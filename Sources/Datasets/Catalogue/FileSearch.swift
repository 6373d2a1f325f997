import Durable
import Model

/// Looks for a data set's files in one folder after another, unpacked or in their archive.
struct FileSearch {
  /// The files of a data set, found together.
  struct Found {
    /// The folder they are in.
    var folder: String
    /// Their paths in the order of the names; in an archive, the archive's path for each.
    var paths: [String]
    /// The archive that they are in, or nil.
    var archive: String?
  }

  /// Folders that were looked into and do not have all files, for the error: the folder, and what
  /// it lacks if it has some.
  private(set) var visited: [String] = []

  /// The first folder with all files; in each, folders of the data set's names come first, and
  /// unpacked files before an archive.
  /// - Parameters:
  ///   - others: names of folders beside the data set's own name.
  ///   - archives: names of archives that hold all of the files.
  mutating func find(
    _ names: [String], of dataset: String, others: [String] = [], archives: [String] = [],
    in folders: [String]
  ) -> Found? {
    for folder in folders {
      let places = ([dataset] + others).map { PathName.join(folder, $0) } + [folder]
      for place in places {
        let paths = names.map { Self.path(of: $0, in: place) }
        let present = paths.compactMap { $0 }
        if present.count == names.count { return Found(folder: place, paths: present) }
        if let archive = archives.lazy.compactMap({ Self.file($0, in: place) }).first {
          return Found(folder: place, paths: names.map { _ in archive }, archive: archive)
        }
        if !present.isEmpty {
          let lacking = zip(names, paths).filter { $0.1 == nil }.map(\.0)
          visited.append("\(place) (which lacks \(lacking.joined(separator: ", ")))")
        }
      }
      visited.append(folder)
    }
    return nil
  }

  /// The file in the folder, compressed or not, also with the dot that some copies have.
  private static func path(of name: String, in folder: String) -> String? {
    let dotted = name.split(separator: "-")
    let other =
      dotted.dropLast(2).joined(separator: "-") + "." + dotted.suffix(2).joined(separator: "-")
    let names =
      dotted.count > 2 ? [name + ".gz", name, other + ".gz", other] : [name + ".gz", name]
    return names.lazy.compactMap { file($0, in: folder) }.first
  }

  private static func file(_ name: String, in folder: String) -> String? {
    let path = PathName.join(folder, name)
    return FileContents.identity(of: path).map { !$0.isFolder } == true ? path : nil
  }
}
