import ArgumentParser
import TestSupport
import Testing

@testable import regbench

/// A page of the documentation for each command, made of what `--help` says.
@Suite struct CommandPagesTests {
  private static let folder = "Sources/regbench/regbench.docc"

  private static let commands = Regbench.configuration.subcommands.filter {
    $0.configuration.shouldDisplay
  }

  private static func name(_ command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? command._commandName
  }

  private static func help(_ command: any ParsableCommand.Type) -> String {
    "```text\n\(Regbench.helpMessage(for: command, columns: 80))\n```\n"
  }

  private static func page(_ command: any ParsableCommand.Type) -> String {
    let configuration = command.configuration
    var text = "# regbench \(name(command))\n\n\(configuration.abstract)\n\n## Overview\n\n"
    text += "What `regbench help \(name(command))` prints:\n\n\(help(command))"
    for part in configuration.subcommands {
      text += "\n### regbench \(name(command)) \(name(part))\n\n\(help(part))"
    }
    return text
  }

  @Test func `every command has its page`() throws {
    for command in Self.commands {
      let file = "\(Self.folder)/Commands/regbench-\(Self.name(command)).md"
      let isRight = try RepositoryText.isWhole(file, Self.page(command))
      #expect(isRight, "\(file): REGBENCH_RECORD=1 writes it anew")
    }
  }

  @Test func `the overview leads to all of them`() throws {
    let links = Self.commands.map { "- <doc:regbench-\(Self.name($0))>\n" }.joined()
    let isRight = try RepositoryText.holds(
      "\(Self.folder)/regbench.md", between: "commands", "\n\(links)\n")
    #expect(isRight, "REGBENCH_RECORD=1 writes the list anew")
  }
}
