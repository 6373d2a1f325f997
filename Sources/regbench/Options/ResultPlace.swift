import ArgumentParser
import Canonical
import Durable
import Runner
import Study

/// A result folder as a user names it: `results/STUDY/PROFILE`, its folder of the work in progress,
/// or `results/STUDY` where that has one profile only. `results/` may be left out.
struct ResultPlace: ExpressibleByArgument {
  /// As it was typed.
  let text: String

  init(argument: String) { text = argument }

  static var defaultCompletionKind: CompletionKind { Completions.results }

  /// The folder.
  /// - Throws: `Failure` where several are meant, or where none is and a similar one is there.
  func folder() throws(Failure) -> String {
    let below = text.hasPrefix("/") ? [] : [PathName.join(Self.results, text)]
    for path in [text] + below {
      if Self.isResult(path) { return path }
      let inside = Self.results(in: path)
      if inside.count == 1 { return inside[0] }
      guard inside.isEmpty else {
        throw Failure(
          .usage, "\(path) holds \(inside.count) results",
          advice: (["name one of them:"] + inside.map { "  \(command(naming: $0))" })
            .joined(separator: "\n"))
      }
    }
    if !FileContents.exists(text), let near = Suggestion.nearest(to: text, among: Self.known) {
      throw Failure(
        .missing, "there is no result \(text)", advice: "did you mean \"\(near)\"?")
    }
    // The command says what is missing in it.
    return text
  }

  /// The command line with another folder in place of this one.
  private func command(naming folder: String) -> String {
    let words = CommandLine.arguments.dropFirst().map { $0 == text ? folder : $0 }
    return ShellWord.line(["regbench"] + words)
  }

  /// The folder of all results.
  static let results = "results"

  /// Every result below `results`.
  static var all: [String] {
    children(results).flatMap(results(in:))
  }

  private static var known: [String] {
    let studies = children(results)
    let paths = studies + all
    return paths + paths.map { String($0.dropFirst(results.count + 1)) }
  }

  /// The results that lie in a folder.
  private static func results(in folder: String) -> [String] {
    children(folder).filter(isResult)
  }

  private static func isResult(_ path: String) -> Bool {
    ResultFolder(path).isThere || RunsFolder(for: path) != nil
  }

  private static func children(_ folder: String) -> [String] {
    ((try? Folder.entries(folder)) ?? []).sorted().map { PathName.join(folder, $0) }
  }
}
