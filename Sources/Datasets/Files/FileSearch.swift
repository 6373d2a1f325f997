import Durable
import Model

/// Looks for a known data set's files in one folder after another: unpacked, in NumPy's form or in
/// their archive, and in the folders in which other programs keep them.
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
  /// What was found in a form that is not read: where, and the form.
  private(set) var unreadable: [(path: String, form: KnownDataset.UnreadableForm)] = []

  /// Everything that may be the data set, best first: folders in their order, in each the folders of
  /// the set's names before the folder itself, and unpacked files before archives.
  mutating func candidates(_ known: KnownDataset, in folders: [String]) -> [Found] {
    var candidates: [Found] = []
    for folder in folders {
      var seen = Set<String>()
      for place in [known.name, known.cacheFolder] + known.otherFolders + [""] {
        guard let place = Self.resolve(place, in: folder), seen.insert(place).inserted else {
          continue
        }
        candidates += look(known, in: place)
      }
      visited.append(folder)
    }
    return candidates
  }

  private mutating func look(_ known: KnownDataset, in place: String) -> [Found] {
    let names = known.files.map(\.name)
    let paths = names.map { Self.path(of: $0, in: place) }
    let present = paths.compactMap { $0 }
    for form in known.unreadableForms {
      guard let path = form.names.lazy.compactMap({ Self.resolve($0, in: place) }).first,
        !unreadable.contains(where: { $0.path == path })
      else { continue }
      unreadable.append((path, form))
    }
    var found: [Found] = []
    if present.count == names.count { found.append(Found(folder: place, paths: present)) }
    for archive in Self.archives(of: known) {
      guard let path = Self.file(archive, in: place) else { continue }
      found.append(Found(folder: place, paths: names.map { _ in path }, archive: path))
    }
    if found.isEmpty, !present.isEmpty {
      let lacking = zip(names, paths).filter { $0.1 == nil }.map(\.0)
      visited.append("\(place) (which lacks \(lacking.joined(separator: ", ")))")
    }
    return found
  }

  /// Names of archives that may hold all files: the published ones, also packed or unpacked by a
  /// browser, and Keras's.
  static func archives(of known: KnownDataset) -> [String] {
    let published = known.offers.map(\.name).filter(Archive.isArchive).flatMap { name in
      [name] + Archive.otherNames(of: name)
    }
    return published + (known.layout == .plainIDX ? ["\(known.name).npz"] : [])
  }

  /// A file in the folder, compressed or not, also with the dot that some copies have, and also in a
  /// folder of its own name, as Kaggle packs them.
  private static func path(of name: String, in folder: String) -> String? {
    let parts = name.split(separator: "-")
    let dotted =
      parts.dropLast(2).joined(separator: "-") + "." + parts.suffix(2).joined(separator: "-")
    let names = [name + ".gz", name] + (parts.count > 2 ? [dotted + ".gz", dotted] : [])
    return names.lazy.compactMap { file($0, in: folder) ?? file("\($0)/\($0)", in: folder) }.first
  }

  private static func file(_ name: String, in folder: String) -> String? {
    guard let path = resolve(name, in: folder) else { return nil }
    return FileContents.identity(of: path).map { !$0.isFolder } == true ? path : nil
  }

  /// What is at a relative path below a folder, name by name as it is written, or else with another
  /// case, or other hyphens and underscores; nil if there is nothing.
  private static func resolve(_ relative: String, in folder: String) -> String? {
    relative.split(separator: "/").reduce(folder as String?) { folder, name in
      guard let folder else { return nil }
      let exact = PathName.join(folder, String(name))
      if FileContents.exists(exact) { return exact }
      let wanted = plain(name)
      return UserFiles.names(in: folder).first { plain($0) == wanted }.map {
        PathName.join(folder, $0)
      }
    }
  }

  private static func plain(_ name: some StringProtocol) -> String {
    name.lowercased().filter { $0 != "-" && $0 != "_" }
  }
}
