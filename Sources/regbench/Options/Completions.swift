import ArgumentParser
import Durable
import Study

/// What shells offer where names of studies, profiles, arms or results are typed.
enum Completions {
  /// Names of studies, and JSON files.
  static let configs = CompletionKind.custom { _, _, prefix in
    let names = StudyNames.all.map(\.name)
    return (names + files(prefix)).filter { $0.hasPrefix(prefix) }
  }

  /// Result folders.
  static let results = CompletionKind.custom { _, _, prefix in
    (ResultPlace.all + folders(prefix)).filter { $0.hasPrefix(prefix) }
  }

  /// The profiles of the study on the command line.
  static let profiles = CompletionKind.custom { words, _, _ in
    study(in: words)?.profiles ?? ProfilePatch.wholeNames
  }

  /// The arms of the study on the command line, behind those that stand there.
  static let arms = CompletionKind.custom { words, _, prefix in
    let head = prefix.lastIndex(of: ",").map { String(prefix[...$0]) } ?? ""
    return (study(in: words)?.arms ?? []).map { head + $0.name }
  }

  /// Arms and values of axes, as `--only` takes them.
  static let filters = CompletionKind.custom { words, _, prefix in
    guard let study = study(in: words) else { return [] }
    let head = prefix.lastIndex(of: ",").map { String(prefix[...$0]) } ?? ""
    let arms = study.arms.map { "\(CellFilter.arm)=\($0.name)" }
    let values = study.axes.flatMap { axis in
      axis.values.map { "\(Axis.shortName(of: axis.key))=\($0)" }
    }
    return (arms + values).map { head + $0 }
  }

  /// The study that the words of a command line name, as it is written.
  private static func study(in words: [String]) -> StudySpec? {
    for word in words.dropFirst(2) where !word.hasPrefix("-") {
      let path = StudyNames.path(of: word)
      guard path.hasSuffix(".json"), FileContents.exists(path) else { continue }
      return try? StudyOptions.document(word).0.study(profile: nil).get()
    }
    return nil
  }

  /// JSON files in the folder that a word begins with, and the folders there.
  private static func files(_ prefix: String) -> [String] {
    entries(prefix).filter { $0.hasSuffix(".json") || $0.hasSuffix("/") }
  }

  private static func folders(_ prefix: String) -> [String] {
    entries(prefix).filter { $0.hasSuffix("/") }
  }

  /// What lies in the folder that a word begins with; folders end in a slash.
  private static func entries(_ prefix: String) -> [String] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let names = (try? Folder.entries(folder.isEmpty ? "." : folder)) ?? []
    return names.filter { !$0.hasPrefix(".") }.map { name in
      let path = folder + name
      return FileContents.identity(of: path)?.isFolder == true ? path + "/" : path
    }
  }
}
