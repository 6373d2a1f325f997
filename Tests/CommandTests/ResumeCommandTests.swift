import Testing

@testable import regbench

@Suite struct ResumeCommandTests {
  @Test func `words are quoted for a shell and fresh is left out`() {
    let words = ["regbench", "run", "my study.json", "--fresh", "--set", "a.b=\"it's\"", ""]
    #expect(
      ResumeCommand.text(for: words) == #"regbench run 'my study.json' --set 'a.b="it'\''s"' ''"#)
  }
}
