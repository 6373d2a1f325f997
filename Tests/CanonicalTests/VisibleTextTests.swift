import Testing

@testable import Canonical

@Suite struct VisibleTextTests {
  @Test func `hidden characters are replaced by their code`() {
    #expect("a\u{1B}[31mb".visible == "a<U+001B>[31mb")
    #expect(
      "\u{7}\u{8}\u{B}\u{7F}\u{85}\n".visible == "<U+0007><U+0008><U+000B><U+007F><U+0085><U+000A>")
    #expect("x\u{202E}y\u{2028}\u{200B}\u{E0001}".visible == "x<U+202E>y<U+2028><U+200B><U+E0001>")
  }

  @Test func `letters of any script, emoji and their joiners are text`() {
    for text in ["", "Größe 3×3", "क्‍ष", "👩‍🔬", "می‌خواهم", "100 %"] {
      #expect(text.visible == text)
    }
  }
}

@Suite struct NameTests {
  @Test func `a name with a misleading character says which`() {
    #expect(NameProblem(in: "Dropout 0.5") == nil)
    #expect(NameProblem(in: "w/o reg") == nil)
    #expect(NameProblem(in: "a\u{1B}")?.predicate == "holds U+001B, a character that is not shown")
    #expect(NameProblem(in: "plain ")?.predicate == "ends with a space, U+0020")
    #expect(NameProblem(in: "\u{3000}plain")?.predicate == "begins with a space, U+3000")
    #expect(NameProblem(in: String(repeating: "é", count: 100)) == nil)
    #expect(
      NameProblem(in: String(repeating: "é", count: 101))?.predicate == "is longer than 200 bytes")
  }

  @Test func `a path component cannot lead out of its folder`() throws {
    for name in ["desk", "mnist-shakeout", "a b", "tiny.2", "große"] {
      #expect(try PathComponent(name).text == name)
    }
    let wrong = [
      "", ".", "..", "../..", "/", "/tmp", "a/b", "a\\b", ".hidden", "a\0b", "a\n", " ",
      String(repeating: "x", count: 201),
    ]
    for name in wrong {
      #expect(throws: NameProblem.self, "\(name)") { try PathComponent(name) }
    }
  }
}
