import Testing

@testable import Canonical

@Suite struct DiagnosticPrinterTests {
  private func place(_ line: Int, _ column: Int) -> Canonical.SourceLocation {
    Canonical.SourceLocation(file: "x.json", line: line, column: column)
  }

  @Test func `shows line caret and advice`() {
    let source = Array("{\n\t\"é\": 1, \"droput\": 2\r\n}".utf8)
    let text = DiagnosticPrinter.text(
      [
        Diagnostic(
          at: place(2, 10), "unknown key \"droput\"", advice: "did you mean \"dropout\"?"),
        Diagnostic(.warning, at: place(3, 1), "odd"),
      ], sources: ["x.json": source])
    #expect(
      text == """
        x.json:2:10: error: unknown key "droput"
             "é": 1, "droput": 2
                     ^
          did you mean "dropout"?
        x.json:3:1: warning: odd
            }
            ^

        """)
  }

  @Test func `control characters are not printed`() {
    let source = Array("a\u{1B}[2Jb\u{9B}1mc\u{202E}d".utf8)
    let text = DiagnosticPrinter.text(
      [Diagnostic(at: place(1, 3), "no \"\u{1B}]0;x\u{7}\"", advice: "known: \u{85}")],
      sources: ["x.json": source])
    #expect(
      text == """
        x.json:1:3: error: no "<U+001B>]0;x<U+0007>"
            a [2Jb 1mc d
              ^
          known: <U+0085>

        """)
  }

  @Test func `long lines are cut around the caret`() {
    let line = String(repeating: "a", count: 300) + "X" + String(repeating: "b", count: 300)
    let text = DiagnosticPrinter.text(
      [Diagnostic(at: place(1, 301), "here")], sources: ["x.json": Array(line.utf8)])
    let lines = text.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].count < 120 && lines[1].hasPrefix("    …a") && lines[1].hasSuffix("b…"))
    let caret = lines[2].count - 1
    #expect(Array(lines[1])[caret] == "X")
  }

  @Test func `diagnostics without a line or without their source are printed`() {
    let set = Canonical.SourceLocation(file: "--set a.b=1", line: 0, column: 0)
    let text = DiagnosticPrinter.text(
      [
        Diagnostic(at: set, "no key \"a\""), Diagnostic(at: .none, "nothing"),
        Diagnostic(at: place(9, 9), "gone"),
      ], sources: [:])
    #expect(
      text == """
        --set a.b=1: error: no key "a"
        error: nothing
        x.json:9:9: error: gone

        """)
    #expect(DiagnosticPrinter.text([], sources: [:]).isEmpty)
  }

  @Test func `a line that does not exist is left out`() {
    let text = DiagnosticPrinter.text(
      [Diagnostic(at: place(5, 1), "gone")], sources: ["x.json": Array("{}".utf8)])
    #expect(text == "x.json:5:1: error: gone\n")
  }
}
