import Testing

@testable import Report

@Suite struct HTMLTests {
  @Test func `commands in sentences are marked as code`() {
    #expect(
      HTML.paragraph("Type `a <b>` here.") == "<p>Type <code>a &lt;b&gt;</code> here.</p>\n")
    #expect(HTML.paragraph("one ` alone") == "<p>one ` alone</p>\n")
    #expect(HTML.paragraph("x", "quiet") == "<p class=\"quiet\">x</p>\n")
  }

  @Test func `a table names its rows and columns`() {
    let table = HTMLRenderer.markup([
      .table(Table(caption: "C", header: ["n", "a"], rows: [["500", "<1>"]], words: []))
    ])
    #expect(table.contains("<caption>C</caption>"))
    #expect(table.contains("<th scope=\"col\">n</th><th scope=\"col\">a</th>"))
    #expect(table.contains("<tr><th scope=\"row\">500</th><td>&lt;1&gt;</td></tr>"))
    #expect(table.contains("tabindex=\"0\""))
  }

  @Test func `an empty list has no markup`() {
    #expect(HTML.list([]) == "")
  }
}
