import ArgumentParser
import TestSupport
import Testing

@testable import regbench

@Suite struct HelpTests {
  @Test func `help goes to standard output and lists every exit code`() throws {
    let help = try Sandbox().regbench("--help")
    #expect(help.status == 0)
    #expect(help.stderr == "")
    for status in ExitStatus.allCases {
      #expect(help.stdout.contains("\(status.rawValue)  \(status.meaning)\n"))
    }
  }

  @Test func `the page on results lists every exit code`() throws {
    let page = try RepositoryText.read("Sources/regbench/Documentation/Results.md")
    for status in ExitStatus.allCases {
      #expect(page.contains("| \(status.rawValue) | \(status.meaning) |\n"))
    }
  }

  @Test func `no line of the help is wider than a terminal`() throws {
    let sandbox = try Sandbox()
    let commands = Regbench.configuration.subcommands.filter { $0.configuration.shouldDisplay }
      .map { $0.configuration.commandName ?? $0._commandName }
    for arguments in [["--help"]] + commands.map({ ["help", $0] }) {
      let help = try sandbox.start(arguments).wait()
      #expect(help.status == 0)
      let widest =
        help.stdout.split(separator: "\n")
        .filter { !$0.hasPrefix("USAGE: ") }.map(\.count).max() ?? 0
      #expect((20...80).contains(widest), "\(arguments)")
    }
  }

  @Test func `version names the commit`() throws {
    let version = try Sandbox().regbench("--version")
    #expect(version.stdout == "regbench \(Version.number) (commit unknown)\n")
    #expect(version.status == 0)
  }

  @Test func `an unknown option is a usage error with a suggestion`() throws {
    let outcome = try Sandbox().regbench("networks", "--jsn")
    #expect(outcome.status == ExitStatus.usage.rawValue)
    #expect(outcome.stdout == "")
    #expect(outcome.stderr.hasPrefix("Error: Unknown option '--jsn'. Did you mean '--json'?\n"))
  }

  @Test func `an unknown command is a usage error`() throws {
    let outcome = try Sandbox().regbench("trian")
    #expect(outcome.status == ExitStatus.usage.rawValue)
    #expect(outcome.stdout == "")
  }
}
