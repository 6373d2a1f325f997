import Testing

@testable import regbench

@Suite struct ResumeCommandTests {
  @Test func wordsAreQuotedForAShellAndFreshIsLeftOut() {
    let words = ["regbench", "run", "my study.json", "--fresh", "--set", "a.b=\"it's\"", ""]
    #expect(
      ResumeCommand.text(for: words) == #"regbench run 'my study.json' --set 'a.b="it'\''s"' ''"#)
  }
}
