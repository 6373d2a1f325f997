import Study
import Testing

@testable import Report

@Suite struct SweptGroupsTests {
  @Test(arguments: [
    ("L1 0.001", "L1"), ("L2 λ = 0.001", "L2 λ"), ("p=0.95", "p"), ("L2 γ=5 λ=0.1", "L2 γ=5 λ"),
    ("Dropout", "Dropout"), ("0.5", "0.5"),
  ])
  func `the swept number is no part of a line's name`(arm: String, line: String) {
    #expect(SweptGroups.withoutNumber(arm) == line)
  }

  @Test func `arms that differ in a number form a line`() throws {
    let study = try FigureFixture.study(FigureKind.all.filter { $0.name == "parameterSweep" })
    let source = FigureSource(study: study, records: FigureFixture.records(study), series: [:])
    let sweep = try #require(SweptGroups(source))
    #expect(sweep.parameter == "strength λ")
    #expect(sweep.combinations.count == 2)
    #expect(sweep.lines.map(\.name) == ["L1", "L1"])
    #expect(sweep.lines.allSatisfy { $0.points.map(\.value) == [0.0001, 0.001, 0.01] })
  }

  @Test func `an axis of numbers comes first`() throws {
    let study = try FigureFixture.study(
      FigureKind.all.filter { $0.name == "parameterSweep" }, axes: "\"streamSalt\": [1, 2, 5]")
    let source = FigureSource(study: study, records: FigureFixture.records(study), series: [:])
    let sweep = try #require(SweptGroups(source))
    #expect(sweep.parameter == "random streams")
    #expect(sweep.lines.map(\.name) == ["plain", "L1 0.0001", "L1 0.001", "L1 0.01"])
    #expect(sweep.lines.allSatisfy { $0.points.map(\.value) == [1, 2, 5] })
  }
}
