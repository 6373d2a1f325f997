import Durable
import Study
import TestSupport
import Testing

@testable import Report

@Suite struct ResultsFolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(
    _ profile: String?, _ records: [RunRecord], as name: String
  ) throws {
    let study = try ReportFixture.study(profile)
    let provenance = Provenance(
      study: study.name, profile: study.profile, engineRevision: 1, data: [], sessions: [],
      files: nil,
      resolved: study.snapshot)
    try folder.write(provenance.json.prettyText, "\(name)/provenance.json")
    try folder.write(
      RecordedRuns.csv(records, axes: study.axes.map(\.key)), "\(name)/runs.csv")
  }

  private var readme: String {
    get throws {
      String(decoding: try FileContents.read(folder.file("README.md")), as: UTF8.self)
    }
  }

  @Test func `studies and profiles by name`() throws {
    try write(nil, ReportFixture.records(), as: "mnist/paper")
    try write("smoke", [], as: "mnist/smoke")
    try folder.write("{", "broken/paper/provenance.json")
    try folder.write("x", "benchmarks/cpu.md")
    let results = ResultsFolder(folder.path)
    let entries = try results.entries()
    #expect(entries.map(\.name) == ["broken/paper", "mnist/paper", "mnist/smoke"])

    let html = IndexPage(entries, folder: "results").html
    #expect(try XMLOutline(html).isBalanced)
    #expect(html.contains("<h4><a href=\"mnist/paper/report.html\">Shakeout on MNIST</a></h4>"))
    #expect(html.contains("cannot be read"))
    #expect(html.contains("Table 3: all 2 rows finished"))
  }

  @Test func `the index replaces only its own part of the file`() throws {
    try write(nil, ReportFixture.records(), as: "mnist/paper")
    try write("smoke", [], as: "mnist/smoke")
    let results = ResultsFolder(folder.path)
    try folder.write(
      "# Mine\n\nBefore.\n\n\(IndexMarkdown.start)old\n\(IndexMarkdown.end)\nAfter.\n", "README.md")
    #expect(try results.writeMarkdown(results.entries()))
    let text = try readme
    #expect(text.hasPrefix("# Mine\n\nBefore.\n\n<!-- index"))
    #expect(text.hasSuffix("<!-- end of index -->\n\nAfter.\n"))
    #expect(!text.contains("\nold\n"))
    #expect(text.contains("[mnist/paper](mnist/paper/table.md) | 18 of 18") == false)
    #expect(text.contains("[mnist/paper](mnist/paper/table.md) | all 18 | – |"))
    #expect(text.contains("](mnist/paper/table.svg)"))
    #expect(!text.contains("smoke"))
    #expect(try results.writeMarkdown(results.entries()))
    #expect(try readme == text)
  }

  @Test func `a text without a place is left alone`() throws {
    try folder.write("# Mine\n", "README.md")
    #expect(try !ResultsFolder(folder.path).writeMarkdown([]))
    #expect(try readme == "# Mine\n")
  }

  @Test func `a missing index file is created`() throws {
    #expect(try ResultsFolder(folder.path).writeMarkdown([]))
    #expect(try readme.contains("Nothing has been kept yet."))
  }
}
