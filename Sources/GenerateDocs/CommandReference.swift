import Canonical
import Glibc

/// What the program says of its commands.
struct CommandReference {
  /// The program could not be asked.
  struct Problem: Error {
    let message: String
  }

  /// What stands on the page: a heading and the help of each command.
  let markdown: String

  /// Asks a built program.
  init(program: String) throws(Problem) {
    let dump = try Self.output(of: program, ["--experimental-dump-help"])
    guard case .success(let json) = JSONParser.parse(Array(dump.utf8), file: program) else {
      throw Problem(message: "\(program) describes itself in no JSON")
    }
    var text = ""
    for command in Self.commands(of: json["command"]) where command.name != "help" {
      text += "\n## regbench \(command.name)\n\n\(command.abstract)\n\n"
      text += "```text\n\(try Self.output(of: program, ["help", command.name]))```\n"
      for part in Self.commands(of: command.json) where part.name != "help" {
        text += "\n### regbench \(command.name) \(part.name)\n\n"
        text += "```text\n\(try Self.output(of: program, ["help", command.name, part.name]))```\n"
      }
    }
    markdown = text + "\n"
  }

  /// The commands below one that help texts list.
  private static func commands(
    of command: JSONValue?
  ) -> [(name: String, abstract: String, json: JSONValue)] {
    (command?["subcommands"]?.elements ?? []).compactMap { part in
      guard part["shouldDisplay"]?.boolValue != false, let name = part["commandName"]?.stringValue
      else { return nil }
      return (name, part["abstract"]?.stringValue ?? "", part)
    }
  }

  private static func output(
    of program: String, _ arguments: [String]
  ) throws(Problem) -> String {
    let command = ShellWord.line([program] + arguments)
    guard let pipe = popen("COLUMNS=80 \(command)", "r") else {
      throw Problem(message: "cannot start \(program)")
    }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&block, 1, block.count, pipe), count > 0 {
      bytes += block[..<count]
    }
    guard pclose(pipe) == 0 else { throw Problem(message: "\(command) failed") }
    return String(decoding: bytes, as: UTF8.self)
  }
}
