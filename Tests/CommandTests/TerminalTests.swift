import Durable
import Testing

@testable import regbench

/// What is drawn on a terminal, and what elsewhere.
@Suite struct TerminalTests {
  /// Whether `script`, which gives a program a terminal, is there.
  private static let hasTerminal = FileContents.exists("/usr/bin/script")

  /// What a command line of bash shows on a terminal of so many columns.
  private func onTerminal(_ sandbox: Sandbox, columns: Int, _ command: String) throws -> String {
    let program = ShellQuoted.word(Sandbox.program)
    let inner =
      "stty cols \(columns) rows 24; export TERM=xterm; \(command.replacing("regbench", with: program))"
    let outcome = try sandbox.shell("script -qec \(ShellQuoted.word(inner)) /dev/null")
    #expect(outcome.status == 0, "\(outcome.stdout)")
    return outcome.stdout
  }

  @Test(.enabled(if: hasTerminal, "script (bsdutils) is not installed"))
  func `forty columns show the time to go and no line is wider`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(iterations: 2000, trials: 1), "tiny.json")
    let shown = try onTerminal(sandbox, columns: 40, "regbench run tiny.json")
    let lines = shown.split(separator: "\r\n").filter { $0.contains("%  ") }
    #expect(lines.contains { $0.contains(" to go  ") && $0.contains("█") }, "\(shown)")
    for line in lines {
      let text = line.replacing("\r", with: "").replacing("\u{1B}[J", with: "")
      #expect(ProgressBlock.width(of: String(text.drop { $0 != " " })) <= 40, "\(text)")
    }
    #expect(shown.contains("\u{1B}[J"))
  }

  @Test(.enabled(if: hasTerminal, "script (bsdutils) is not installed"))
  func `errors are coloured on a terminal unless NO_COLOR is set`() throws {
    let sandbox = try Sandbox()
    let colored = try onTerminal(sandbox, columns: 80, "regbench rnu || true")
    #expect(colored.hasPrefix("regbench: \u{1B}[31merror:\u{1B}[0m unknown command"))
    let plain = try onTerminal(sandbox, columns: 80, "NO_COLOR=1 regbench rnu || true")
    #expect(plain.hasPrefix("regbench: error: unknown command"))
  }

  @Test(.enabled(if: hasTerminal, "script (bsdutils) is not installed"))
  func `tables of list and compare fold at the width of the terminal`() throws {
    let sandbox = try Sandbox()
    let title = "A study with a title that is longer than any line of a terminal that is so narrow"
    let config = TinyStudy.config(trials: 3).replacing(
      "\"study\": \"tiny\",", with: "\"study\": \"tiny\", \"title\": \"\(title)\",")
    try sandbox.write(config, "configs/tiny.json")
    #expect(try sandbox.regbench("run", "tiny", "-q").status == 0)
    for command in ["regbench list", "regbench compare tiny/full"] {
      let shown = try onTerminal(sandbox, columns: 60, command)
      let lines = shown.split(whereSeparator: \.isNewline)
      #expect(lines.count > 5)
      for line in lines { #expect(line.count <= 60, "\(line)") }
    }
  }

  @Test func `colours elsewhere have to be asked for`() throws {
    let sandbox = try Sandbox()
    let plain = try sandbox.regbench("rnu")
    #expect(!plain.stderr.contains("\u{1B}"))
    let forced = try sandbox.regbench("rnu", environment: ["CLICOLOR_FORCE": "1"])
    #expect(forced.stderr.hasPrefix("regbench: \u{1B}[31merror:\u{1B}[0m unknown command"))
    let forbidden = try sandbox.regbench(
      "rnu", environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"])
    #expect(forbidden.stderr == plain.stderr)
    // What was typed cannot colour anything.
    let typed = try sandbox.regbench("\u{1B}[31mrnu", environment: ["CLICOLOR_FORCE": "1"])
    #expect(typed.stderr.contains("<U+001B>[31mrnu"))
  }

  @Test func `verdicts and states are coloured and the text stays the same`() {
    let colors = ColoredText(terminal: Terminal(redraws: true, hasColor: true))
    let red = "\u{1B}[31m"
    let end = "\u{1B}[0m"
    #expect(
      colors.verdicts("500  Dropout  6.93  worse\nworse: what it means\n")
        == "500  Dropout  6.93  \(red)worse\(end)\nworse: what it means\n")
    #expect(
      colors.states("a/b: 1 of 2 runs done, 1 running, 1 failed\n  final: 1 of 2\nfailed:\n")
        == "a/b: 1 of 2 runs done, 1 running, \(red)1 failed\(end)\n  final: 1 of 2\n"
        + "\(red)failed:\(end)\n")
    #expect(
      colors.talk("a.json:1:2: warning: odd\n") == "a.json:1:2: \u{1B}[33mwarning:\(end) odd\n")
    let plain = ColoredText(terminal: Terminal(redraws: false, hasColor: false))
    #expect(plain.verdicts("x  worse") == "x  worse")
  }

  @Test func `lines wrapped by a narrower terminal are erased`() {
    let drawn = DrawnLines([String(repeating: "x", count: 79), "\u{1B}[31mshort\u{1B}[0m", ""])
    #expect(drawn.erasure(columns: 80) == "\u{1B}[3A\r\u{1B}[J")
    #expect(drawn.erasure(columns: 40) == "\u{1B}[4A\r\u{1B}[J")
    #expect(drawn.erasure(columns: 20) == "\u{1B}[6A\r\u{1B}[J")
    #expect(DrawnLines().erasure(columns: 80) == "")
  }

  @Test func `lines of a log begin with the time of day`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(trials: 1), "tiny.json")
    let outcome = try sandbox.regbench("run", "tiny.json")
    let lines = outcome.stderr.split(separator: "\n").filter { $0.contains("[") }
    #expect(lines.count == 8, "\(outcome.stderr)")
    for line in lines {
      let time = line.prefix(9).split(separator: ":")
      #expect(time.count == 3 && time.joined().dropLast().allSatisfy(\.isNumber), "\(line)")
    }
  }

  @Test func `status watches until all is done`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(iterations: 2000, trials: 1), "tiny.json")
    let run = try sandbox.start(["run", "tiny.json", "-j", "1"], streams: "run")
    #expect(run.wait { run.talkSoFar.contains("[1/") })
    let watch = try sandbox.start(["status", "tiny", "--watch"], streams: "watch").wait()
    #expect(watch.status == 0, "\(watch.stderr)")
    #expect(try run.wait().status == 0)
    let lines = watch.stdout.split(separator: "\n")
    #expect(lines.count > 1, "\(watch.stdout)")
    #expect(lines.last?.hasSuffix(" tiny/full: 8 of 8 runs done, 0 running, 0 failed") == true)
  }

  @Test func `--watch ends where no process works on the study`() throws {
    let sandbox = try Sandbox()
    try sandbox.write(TinyStudy.config(trials: 1), "tiny.json")
    #expect(try sandbox.regbench("run", "tiny.json", "-q").status == 0)
    let done = try sandbox.regbench("status", "tiny", "--watch")
    #expect(done.stdout.hasSuffix(" tiny/full: 8 of 8 runs done, 0 running, 0 failed\n"))
    #expect(done.stderr == "")
    #expect(try sandbox.regbench("status", "tiny", "--watch", "--json").status == 64)
  }
}

/// A word in quotes for bash.
private enum ShellQuoted {
  static func word(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
