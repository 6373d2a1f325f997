import Study
import Testing

@testable import Report

@Suite struct BibTeXTests {
  @Test func `a study cites its paper and the program`() throws {
    let text = BibTeX.text(try ReportFixture.study(), version: "9.8")
    #expect(text.contains("@article{shakeout,"))
    #expect(text.contains("author = {Guoliang Kang and Jun Li and Dacheng Tao}"))
    #expect(text.contains("year = {2018}"))
    #expect(text.contains("@software{regbench,") && text.contains("version = {9.8}"))
    #expect(text.ranges(of: "@").count == 2)
    #expect(text.filter { $0 == "{" }.count == text.filter { $0 == "}" }.count)
  }

  @Test func `without a study all papers are cited`() {
    let text = BibTeX.text(nil, version: "1")
    #expect(text.ranges(of: "@").count == PublishedNumbers.embedded.papers.count + 1)
  }
}
