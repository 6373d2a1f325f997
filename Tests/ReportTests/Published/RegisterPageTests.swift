import Study
import Testing

@testable import Report

@Suite struct RegisterPageTests {
  private static let page = Result {
    RegisterPage(try RepositoryConfigs.names.map { try RepositoryConfigs.study($0) })
  }

  @Test func `every published cell is recomputed once or not at all for a reason`() throws {
    let cells = try Self.page.get().cells
    #expect(cells.count == 291)
    for mapped in cells {
      let cell = mapped.cell
      let place = "\(cell.paper) \(cell.table), row \(cell.row), column \(cell.column)"
      if mapped.reason == nil {
        #expect(mapped.studies.count == 1, "\(place): \(mapped.studies)")
      } else {
        #expect(mapped.studies.isEmpty, "\(place) has a reason not to be, and \(mapped.studies)")
      }
    }
  }

  /// A row or column that a template makes and the paper does not have would silently never meet a
  /// published number.
  @Test(arguments: RepositoryConfigs.names)
  func `every place of a study is one of the paper`(name: String) throws {
    let study = try RepositoryConfigs.study(name)
    for reproduction in study.reproduces {
      #expect(PublishedNumbers.embedded.table(reproduction.paper, reproduction.table) != nil)
      for place in reproduction.places(in: study) {
        let cell = PublishedNumbers.embedded.cell(
          reproduction.paper, reproduction.table, row: place.row, column: place.column)
        #expect(
          cell != nil, "\(reproduction.table) has no row \(place.row), column \(place.column)")
        #expect(cell?.metric == reproduction.metric.rawValue, "\(place)")
      }
    }
  }

  @Test func `every reason for not recomputing is about a published cell`() {
    for entry in UnmappedCells.all {
      let meant = PublishedNumbers.embedded.cells.filter(entry.holds)
      #expect(!meant.isEmpty, "\(entry)")
      for row in entry.rows { #expect(meant.contains { $0.row == row }, "\(row)") }
    }
  }

  @Test func `every study of the register exists and every study is in it`() {
    let listed = Set(Register.rows.flatMap(\.configs))
    let names = Set(RepositoryConfigs.names)
    for name in listed { #expect(names.contains(name), "configs/\(name).json is missing") }
    for name in names where name != "quickstart" {
      #expect(listed.contains(name), "configs/\(name).json is not in the register")
    }
    for row in Register.rows {
      #expect(!row.configs.isEmpty || row.command != nil || row.remark != nil, "\(row.item)")
    }
  }
}
