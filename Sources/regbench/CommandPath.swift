import ArgumentParser
import Canonical
import Study

/// The command that a command line names, for what is said of a wrong one.
struct CommandPath {
  /// Its words without the program's name, for example `data list`; empty for the program itself.
  private(set) var words: [String] = []
  private let type: any ParsableCommand.Type

  /// Follows the words of a command line, without the program's name.
  /// - Throws: `Failure` at a word that is no command.
  init(_ arguments: [String]) throws(Failure) {
    var type: any ParsableCommand.Type = Regbench.self
    var rest = arguments[...]
    if rest.first == Self.help { rest = rest.dropFirst() }
    while let word = rest.popFirst(), !word.hasPrefix("-") {
      let parts = type.configuration.subcommands
      guard !parts.isEmpty else { break }
      guard let next = parts.first(where: { Self.name($0) == word }) else {
        let known = parts.filter { $0.configuration.shouldDisplay }.map(Self.name)
        throw Failure.unknown(
          "command", (words + [word]).joined(separator: " "), known: known, word)
      }
      type = next
      words.append(word)
    }
    self.type = type
  }

  private static let help = "help"

  private static func name(_ type: any ParsableCommand.Type) -> String {
    type.configuration.commandName ?? type._commandName
  }

  /// How to get its help.
  var helpCommand: String { (["regbench", Self.help] + words).joined(separator: " ") }

  // MARK: - Options

  /// The names of its options.
  private var options: [String] { Self.options(of: words) }

  /// The names of a command's options as the argument parser describes them.
  private static func options(of words: [String]) -> [String] {
    guard
      case .success(let dump) = JSONParser.parse(
        Array(Regbench._dumpHelp().utf8), file: "help")
    else { return [] }
    var command = dump["command"]
    for word in words {
      command = command?["subcommands"]?.elements?.first {
        $0["commandName"]?.stringValue == word
      }
    }
    let names = (command?["arguments"]?.elements ?? []).flatMap { $0["names"]?.elements ?? [] }
    return names.compactMap { name in
      name["kind"]?.stringValue == "long" ? name["name"]?.stringValue.map { "--\($0)" } : nil
    }
  }

  /// What a user probably meant by an option that the command does not have: a key of configs, an
  /// option with a similar name, or one of another command.
  func advice(insteadOf option: String) -> String? {
    let own = options
    let name = String(option.drop { $0 == "-" })
    if own.contains("--set"), let key = SettingAdvice.key(called: name) {
      return "did you mean --set \(key)=…?"
    }
    let begun = own.filter { $0.hasPrefix("--\(name)") }
    if name.count > 2, begun.count == 1 { return "did you mean \(begun[0])?" }
    let names = own.map { String($0.dropFirst(2)) }
    if let near = Suggestion.nearest(to: name, among: names, within: max(1, name.count / 3)) {
      return "did you mean --\(near)?"
    }
    let others = Regbench.configuration.subcommands.filter { $0.configuration.shouldDisplay }
      .map(Self.name).filter { Self.options(of: [$0]).contains("--\(name)") }
    guard let other = others.first else { return nil }
    return "--\(name) is an option of `regbench \(other)`"
  }
}
