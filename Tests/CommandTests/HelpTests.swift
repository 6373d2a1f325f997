import ArgumentParser
import Durable
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

  /// The help of every command that is listed, and of every part of one, by its words.
  private func helps(_ sandbox: Sandbox) throws -> [(words: [String], text: String)] {
    func name(_ type: any ParsableCommand.Type) -> String {
      type.configuration.commandName ?? type._commandName
    }
    var words: [[String]] = [[]]
    for command in Regbench.configuration.subcommands where command.configuration.shouldDisplay {
      words.append([name(command)])
      for part in command.configuration.subcommands { words.append([name(command), name(part)]) }
    }
    var helps: [(words: [String], text: String)] = []
    for own in words {
      helps.append((own, try sandbox.start(["help"] + own).wait().stdout))
    }
    return helps
  }

  /// The command lines of the examples in a help text, with continued lines joined.
  private func examples(_ help: String) -> [String] {
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let part = lines.drop { $0 != "EXAMPLES:" }.dropFirst().prefix { !$0.isEmpty }
    return part.filter { $0.hasPrefix("    ") }.map { String($0.drop { $0 == " " }) }
      .joined(separator: "\n").replacing("\\\n", with: "").split(separator: "\n").map(String.init)
  }

  @Test func `every help has examples that can be pasted`() throws {
    let sandbox = try Sandbox()
    for (words, text) in try helps(sandbox) {
      let examples = examples(text)
      #expect(!examples.isEmpty, "\(words)")
      for example in examples {
        // What a help text breaks begins at the left edge, and no command would begin there.
        let own = (["regbench"] + words).joined(separator: " ")
        #expect(example.contains("regbench "), "\(own): \(example)")
        guard !example.contains("|"), !example.contains("$(") else { continue }
        let parsed = try sandbox.shell(
          "set -f; regbench() { printf '%s\\n' \"$@\"; }; \(example)")
        #expect(parsed.status == 0, "\(example): \(parsed.stderr)")
        let arguments = parsed.stdout.split(separator: "\n").map(String.init)
        #expect(throws: Never.self, "\(example)") { try Regbench.parseAsRoot(arguments) }
      }
    }
  }

  @Test func `every result that an example names lies in the repository or is made beside it`()
    throws
  {
    for (words, text) in try helps(Sandbox()) {
      let examples = examples(text)
      let trained = examples.compactMap { example -> String? in
        let words = example.split(separator: " ").map(String.init)
        guard words.count > 2, words[1] == "run" else { return nil }
        let profile = words.firstIndex(of: "--profile").map { "/" + words[$0 + 1] } ?? ""
        return "results/\(words[2])\(profile)"
      }
      for example in examples {
        for place in example.split(separator: " ").map(String.init)
        where place.hasPrefix("results/") && !trained.contains(place) {
          #expect(
            FileContents.exists(RepositoryText.path("\(place)/provenance.json")),
            "\(words): \(example)")
        }
        let words = example.split(separator: " ").map(String.init)
        if words.count == 4, words[1] == "replay" {
          let runs = try RepositoryText.read("\(words[2])/runs.csv").split(separator: "\n")
          #expect(runs.count { $0.hasPrefix(words[3]) } == 1, "\(example)")
        }
      }
    }
  }

  @Test func `options of run stand in groups`() throws {
    let help = try Sandbox().regbench("help", "run").stdout
    let titles = [
      "WHICH STUDY:", "HOW MUCH OF IT:", "OUTPUT:", "MACHINE:", "FINISHED AND FAILED RUNS:",
    ]
    let places = titles.map { help.ranges(of: "\n\($0)\n").first?.lowerBound }
    #expect(!places.contains(nil), "\(help)")
    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
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
    #expect(
      outcome.stderr == """
        regbench: error: unknown option --jsn
        did you mean --json? `regbench help networks` shows what it takes

        """)
  }

  @Test func `an unknown command is a usage error`() throws {
    let outcome = try Sandbox().regbench("trian")
    #expect(outcome.status == ExitStatus.usage.rawValue)
    #expect(outcome.stdout == "")
  }
}
