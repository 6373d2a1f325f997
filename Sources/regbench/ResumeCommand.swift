import Canonical

/// The command line that carries on where this one stopped.
enum ResumeCommand {
  /// This process's command line, to be typed into a shell.
  static var text: String { text(for: CommandLine.arguments) }

  /// The words quoted for a shell. `--fresh` is left out: it would throw away what is done.
  static func text(for arguments: [String]) -> String {
    ShellWord.line(arguments.filter { $0 != "--fresh" })
  }
}
