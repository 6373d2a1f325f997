import TestSupport
import Testing

@testable import regbench

/// A part of the page of tutorials: the files that it has a reader write, and the lines to type.
private struct Tutorial {
  enum Step: Equatable {
    case file(name: String, text: String)
    case command(String)
  }

  let title: String
  let steps: [Step]

  static func all() throws -> [Tutorial] {
    let page = try RepositoryText.read("Sources/regbench/Documentation/Tutorials.md")
    return page.components(separatedBy: "\n## ").dropFirst().map { part in
      let lines = part.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      return Tutorial(title: lines[0], steps: steps(lines))
    }
  }

  /// A fenced block is the file that the text before it names last; indented lines are typed.
  private static func steps(_ lines: [String]) -> [Step] {
    var steps: [Step] = []
    var named = ""
    var block: [String]?
    for line in lines {
      if line.hasPrefix("```") {
        if let text = block {
          steps.append(.file(name: named, text: text.joined(separator: "\n") + "\n"))
        }
        block = block == nil ? [] : nil
      } else if block != nil {
        block?.append(line)
      } else if line.hasPrefix("    ") {
        steps.append(.command(line.trimmed))
      } else if let name = line.split(separator: "`").last(where: { $0.contains(".") }),
        line.hasSuffix("`:")
      {
        named = String(name)
      }
    }
    return steps
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }

  fileprivate func components(separatedBy separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}

/// The tutorials of the documentation, done as they are printed.
@Suite struct TutorialTests {
  @Test(arguments: 0..<5)
  func `a tutorial works at the first attempt`(place: Int) throws {
    let tutorial = try Tutorial.all()[place]
    let sandbox = try Sandbox()
    let commands = tutorial.steps.filter { if case .command = $0 { true } else { false } }
    #expect(commands.count > 2, "\(tutorial.title)")
    for step in tutorial.steps {
      switch step {
      case .file(let name, let text):
        #expect(!name.isEmpty)
        try sandbox.write(text, name)
      case .command(let line):
        let typed = line.split(separator: " ").map(String.init)
        let outcome =
          try typed[0] == "regbench"
          ? sandbox.start(Array(typed.dropFirst())).wait() : sandbox.shell(line)
        #expect(outcome.status == 0, "\(line)\n\(outcome.stdout)\(outcome.stderr)")
        // A config that is right at the first attempt has no warning either.
        if typed.contains("check") {
          #expect(outcome.stderr == "")
        }
      }
    }
  }

  @Test func `there are five tutorials with the titles of the page`() throws {
    let titles = try Tutorial.all().map(\.title)
    #expect(
      titles == [
        "L2 against Dropout", "A network of your own", "Your own images in IDX files",
        "A sweep of learning rates", "A method of your own beside a paper's",
      ])
  }

  @Test func `the sweep is a grid with labels`() throws {
    let sandbox = try Sandbox()
    for step in try Tutorial.all().flatMap(\.steps) {
      if case .file(let name, let text) = step { try sandbox.write(text, name) }
    }
    let sweep = try sandbox.regbench(
      "run", "sweep.json", "--set", "trials=1", "--set", "training.epochs=1", "--quiet")
    #expect(sweep.stdout.contains("learning rate"), "\(sweep.stderr)")
    #expect(sweep.stdout.contains("10"))
    #expect(sweep.stdout.split(separator: "\n").contains { $0.hasPrefix("0.03 ") })
  }

  private static let hasPython = (try? Sandbox().shell("python3 --version").status) == 0

  @Test(.enabled(if: hasPython, "there is no python3"))
  func `user files are called so`() throws {
    let sandbox = try Sandbox()
    for step in try Tutorial.all().flatMap(\.steps) {
      if case .file(let name, let text) = step { try sandbox.write(text, name) }
    }
    try #require(try sandbox.shell("python3 patterns.py").status == 0)
    let own = try sandbox.regbench(
      "run", "patterns.json", "--set", "trials=1", "--set", "training.epochs=1", "--quiet")
    #expect(own.stdout.contains("User data: patterns (SHA-256 "), "\(own.stdout)")
  }
}
