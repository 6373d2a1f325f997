import Canonical
import Durable

/// The studies that a working directory has in `configs/` and `configs/beyond/`, which commands know by
/// their names.
enum StudyNames {
  /// Where studies are looked for, in this order.
  static let folders = ["configs", "configs/beyond"]

  /// A study by its name.
  struct Entry: Equatable {
    /// The file's name without its ending.
    let name: String
    let path: String
  }

  /// All studies, folder by folder, each by name.
  static var all: [Entry] {
    folders.flatMap { folder in
      configs(in: folder).map { Entry(name: stem(of: $0), path: PathName.join(folder, $0)) }
    }
  }

  /// The file that an argument names: itself, or the study of that name.
  static func path(of argument: String) -> String {
    guard !argument.contains("/"), !isFile(argument) else { return argument }
    return all.first { $0.name == argument }?.path ?? argument
  }

  /// Whether an argument means a config, as it does not where it names a folder.
  static func isConfig(_ argument: String) -> Bool {
    argument.hasSuffix(".json") || isFile(path(of: argument))
  }

  /// What to tell a user whose config is not there.
  static func advice(insteadOf argument: String) -> String? {
    let known = all
    if !argument.contains("/"), let name = nearest(stem(of: argument), known.map(\.name)) {
      return "did you mean \"\(name)\"? `regbench list` shows the studies of this folder"
    }
    if !argument.contains("/"), !argument.hasSuffix(".json"), !known.isEmpty {
      return "`regbench list` shows the studies of this folder; a study of your own is a JSON file"
    }
    let folder = PathName.parent(of: argument)
    let files = configs(in: folder).map { argument.contains("/") ? PathName.join(folder, $0) : $0 }
    return nearest(argument, files + known.map(\.path)).map { "did you mean \"\($0)\"?" }
  }

  private static func nearest(_ name: String, _ known: [String]) -> String? {
    Suggestion.nearest(to: name, among: known)
  }

  private static func configs(in folder: String) -> [String] {
    ((try? Folder.entries(folder)) ?? []).filter { $0.hasSuffix(".json") }.sorted()
  }

  private static func stem(of file: String) -> String {
    file.hasSuffix(".json") ? String(file.dropLast(5)) : file
  }

  private static func isFile(_ path: String) -> Bool {
    FileContents.identity(of: path).map { !$0.isFolder } ?? false
  }
}
