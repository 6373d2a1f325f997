import Testing

@testable import Report

@Suite struct SVGTextTests {
  @Test(arguments: [
    (0, "0"), (1.5, "1.5"), (-0.004, "0"), (12.345, "12.35"), (-3.05, "-3.05"), (100, "100"),
    (.nan, "0"), (.infinity, "1000000"),
  ])
  func coordinates(value: Double, text: String) {
    #expect(SVGText.number(value) == text)
  }

  @Test func `nothing in a text is markup`() {
    #expect(SVGText.escaped("a<b>&\"'\n\u{7}") == "a&lt;b&gt;&amp;&quot;&#39; &lt;U+0007&gt;")
  }

  @Test func `lines are cut between words`() {
    let lines = SVGText.wrapped("one two three four", size: 10, width: 50)
    #expect(lines.joined(separator: " ") == "one two three four")
    #expect(lines.count > 1)
    #expect(lines.allSatisfy { SVGText.width(of: $0, size: 10) <= 50 })
  }
}
