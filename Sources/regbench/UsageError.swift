import ArgumentParser
import Runner

/// What a user reads of a command line that the argument parser refused, in the words of all other
/// errors.
struct UsageError {
  /// The sentence of the parser, without a capital letter and a full stop.
  let message: String
  let advice: String

  /// - Parameter message: the parser's own.
  init(_ message: String, for command: CommandPath) {
    let line = message.split(separator: "\n").first.map(String.init) ?? message
    let sentence = line.last == "." ? String(line.dropLast()) : line
    let names = Self.quoted(sentence)
    var hints: [String] = []
    if sentence.hasPrefix("Unknown option"), let option = names.first {
      self.message = "unknown option \(option)"
      if let advice = command.advice(insteadOf: option) { hints.append(advice) }
    } else {
      let second = sentence.dropFirst().first
      let isWord = second.map { $0.isLowercase } ?? false
      self.message =
        (isWord ? sentence.prefix(1).lowercased() : "\(sentence.prefix(1))")
        + sentence.dropFirst()
      if sentence.hasPrefix("The value"), names.count > 1 {
        hints += Self.advice(form: names[1], insteadOf: names[0]).map { [$0] } ?? []
      }
    }
    hints.append("`\(command.helpCommand)` shows what it takes")
    advice = hints.reduce("") { text, hint in
      text.isEmpty ? hint : text + (text.hasSuffix("?") ? " " : "; ") + hint
    }
  }

  /// What stands in single quotes.
  private static func quoted(_ sentence: String) -> [String] {
    sentence.split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  /// What a value should look like, by the name that the help gives it.
  private static func advice(form: String, insteadOf typed: String) -> String? {
    switch true {
    case form.hasSuffix("<time>"): TimeSpan.advice(insteadOf: typed)
    case form.hasSuffix("<verdict|ci=width>"): "for example ci=0.2, or verdict"
    case form.hasSuffix("<i/n>"): "for example 0/4, the first of four; the last is 3/4"
    default: nil
    }
  }
}
