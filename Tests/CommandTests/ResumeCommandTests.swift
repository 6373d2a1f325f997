import Testing

@testable import regbench

@Suite struct ResumeCommandTests {
  @Test func `the command to resume is quoted for a shell, without --fresh`() {
    let words = ["regbench", "run", "my study.json", "--fresh", "--set", "a.b=\"it's\"", ""]
    #expect(
      ResumeCommand.text(for: words) == #"regbench run 'my study.json' --set 'a.b="it'\''s"' ''"#)
  }
}
