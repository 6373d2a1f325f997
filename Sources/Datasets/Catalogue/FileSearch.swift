import Durable
import Model

/// Looks for a data set's four files in one folder after another.
struct FileSearch {
  /// The four files of a data set, found together.
  struct Found {
    /// The folder they are in.
    var folder: String
    /// Their paths in the order of `CatalogueEntry.Part`.
    var paths: [String]
  }

  /// Folders that were looked into and do not have all files, for the error: the folder, and what
  /// it lacks if it has some.
  private(set) var visited: [String] = []

  /// The first folder with all files; in each, a folder of the data set's name comes first.
  mutating func find(_ names: [String], of dataset: String, in folders: [String]) -> Found? {
    for folder in folders {
      for place in [PathName.join(folder, dataset), folder] {
        let paths = names.map { Self.path(of: $0, in: place) }
        let present = paths.compactMap { $0 }
        if present.count == names.count { return Found(folder: place, paths: present) }
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
    return [name + ".gz", name, other + ".gz", other].lazy
      .map { PathName.join(folder, $0) }
      .first { FileContents.identity(of: $0).map { !$0.isFolder } ?? false }
  }
}
