/// The command line that carries on where this one stopped.
enum ResumeCommand {
  /// This process's command line, to be typed into a shell.
  static var text: String { text(for: CommandLine.arguments) }

  /// The words quoted for a shell. `--fresh` is left out: it would throw away what is done.
  static func text(for arguments: [String]) -> String {
    arguments.filter { $0 != "--fresh" }.map(quoted).joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || "-_./=,:@%+".unicodeScalars.contains($0)
    }
    if isPlain, !word.isEmpty { return word }
    return "'\(word.replacing("'", with: "'\\''"))'"
  }
}
