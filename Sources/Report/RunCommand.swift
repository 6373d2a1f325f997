import Canonical
import Study

/// The command line of `run` that goes on with a recorded study, as anybody may type it: without the
/// processes and the limits of who typed it first.
package struct RunCommand: Sendable {
  /// The config and what was asked of it, without the folder.
  let study: [String]
  /// Where the result lies, if that is not where `run` puts it by itself.
  let out: [String]

  /// - Parameter commandLine: of the call that trained the last runs.
  package init(_ study: StudySpec, folder: String, commandLine: [String]) {
    let typed = Array(commandLine.dropFirst(2))
    self.study =
      [Self.config(typed, of: study)] + (study.isAsWritten ? [] : ["--profile", study.profile])
      + Self.options(typed)
    let usual = "results/\(study.folder)"
    out = folder == usual || folder.hasSuffix("/\(usual)") ? [] : ["--out", folder]
  }

  /// The words behind `regbench`.
  package var words: [String] { ["run"] + study + out }

  /// A file of the repository is called by its place in it, wherever that lay.
  private static func config(_ typed: [String], of study: StudySpec) -> String {
    let files = typed.filter { $0.hasSuffix(".json") }
    // Of several studies of a call, the one that is called so.
    let file =
      files.first { $0.split(separator: "/").last == "\(study.name).json" } ?? files.first
      ?? typed.first { $0 == study.name } ?? "configs/\(study.name).json"
    guard file.hasPrefix("/") else { return file }
    let parts = file.split(separator: "/")
    return parts.lastIndex(of: "configs").map { parts[$0...].joined(separator: "/") }
      ?? parts.last.map(String.init) ?? file
  }

  /// What makes it another study than its file's, as it was typed.
  private static func options(_ typed: [String]) -> [String] {
    var words: [String] = []
    for (index, word) in typed.enumerated() {
      for option in ["--set", "--trials", "--seed", "--arms", "--only"] {
        if word == option, typed.indices.contains(index + 1) {
          words += [option, typed[index + 1]]
        } else if word.hasPrefix("\(option)=") {
          words.append(word)
        }
      }
    }
    return words
  }
}
