import Durable
import Model

/// The files that a user names with "files": which of them make a data set, and how.
struct UserFiles {
  let layout: FileLayout
  let files: [KnownDataset.File]
  let found: FileSearch.Found

  init(layout: FileLayout, files: [KnownDataset.File], found: FileSearch.Found) {
    self.layout = layout
    self.files = files
    self.found = found
  }

  /// Files of one folder.
  init(_ layout: FileLayout, _ files: [KnownDataset.File], in folder: String) {
    self.init(
      layout: layout, files: files,
      found: FileSearch.Found(
        folder: folder, paths: files.map { PathName.join(folder, $0.name) }))
  }

  /// The files at a path: a folder, or one file with everything.
  /// - Parameters:
  ///   - format: the only format to look for; nil takes the first whose files are there.
  ///   - name: the data set's; a folder of this name below `path` will do.
  static func find(
    at path: String, format: FileFormat?, name: String
  ) throws(DatasetError) -> UserFiles {
    guard FileContents.exists(path) else {
      throw DatasetError(
        .missing, file: path, "there is no such folder or file",
        advice: "\"files\" names the folder with the data, relative to the working directory")
    }
    let formats = format.map { [$0] } ?? FileFormat.allCases
    for place in [path, PathName.join(path, name)] where FileContents.exists(place) {
      for format in formats {
        if let files = try format.reading.userFiles(at: place) { return files }
      }
    }
    let needed = formats.map { "\n  \($0.rawValue): \($0.reading.userFilesText)" }.joined()
    throw DatasetError(
      .missing, file: path, "no data set is found here", advice: "expected is one of\(needed)")
  }

  /// The names in a folder, or none.
  static func names(in folder: String) -> [String] { (try? Folder.entries(folder)) ?? [] }

  /// The one name, in lower case, that fits. A compressed and a plain copy count as one.
  static func only(
    _ names: [String], in folder: String, where fits: (String) -> Bool
  ) throws(DatasetError) -> String? {
    let found = names.filter {
      fits($0.lowercased()) && !$0.hasPrefix(".")
        && FileContents.identity(of: PathName.join(folder, $0))?.isFolder == false
    }
    let stems = Set(found.map { $0.hasSuffix(".gz") ? String($0.dropLast(3)) : $0 })
    guard stems.count <= 1 else {
      throw DatasetError(
        .usage, file: folder, "\(found.joined(separator: " and ")) could both be meant",
        advice: "put the files of one data set into a folder of their own")
    }
    return found.first { $0.hasSuffix(".gz") } ?? found.first
  }
}
