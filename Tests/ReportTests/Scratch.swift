import Testing
@testable import Report
@Test func scratch() {
  let t = ResultTable(outline: ReportFixture.outline())
  print(CSVExport.text(t)); print(MarkdownExport.text(t)); print(TerminalExport.text(t)); print(LaTeXExport.text(t)); print(JSONExport.text(t))
  let r = ResultTable(outline: ReportFixture.outline(profile: "smoke", dataset: "mnist-5k"))
  print(TerminalExport.text(r, width: 100)); print(MarkdownExport.text(r))
}
