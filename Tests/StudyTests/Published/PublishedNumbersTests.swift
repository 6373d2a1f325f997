import Testing

@testable import Study

@Suite struct PublishedNumbersTests {
  private let numbers = PublishedNumbers.embedded

  @Test func `every cell is there once`() {
    #expect(numbers.cells.count == 291)
    #expect(
      numbers.papers.map(\.paper).sorted() == [
        "delayed_strong_reg", "drop_activation", "marginalized_noise", "shakeout",
      ])
    let places = Set(numbers.cells.map { [$0.paper, $0.table, $0.row, $0.column] })
    #expect(places.count == 291)
    let counts = Dictionary(grouping: numbers.cells, by: \.paper).mapValues(\.count)
    #expect(
      counts == [
        "shakeout": 72, "drop_activation": 66, "marginalized_noise": 31, "delayed_strong_reg": 122,
      ])
  }

  @Test func `a table states its protocol`() throws {
    let table = try #require(numbers.table("shakeout", "table3"))
    #expect(table.rows == ["500", "1000", "3000", "8000", "20000", "50000"])
    #expect(table.columns == ["std-BP", "Dropout", "Shakeout"])
    #expect(table.spreadKind == .standardDeviation)
    #expect(table.runs == 5)
    #expect(table.selection == .last)
    #expect(table.validationImages == 10_000)
    #expect(table.updates == 10_000)
    #expect(table.remarks.count == 1)
    #expect(numbers.table("drop_activation", "table1")?.selection == .test)
    #expect(numbers.table("marginalized_noise", "table1")?.selection == .validation)
    #expect(numbers.paper("shakeout")?.citation.hasPrefix("Guoliang Kang, Jun Li") == true)
  }

  @Test func `published cells are found by their labels`() throws {
    let cell = try #require(numbers.cell("shakeout", "table3", row: "500", column: "Shakeout"))
    #expect(cell.mean == 4.83)
    #expect(cell.spread == 0.11)
    #expect(cell.metric == "test_error")
    let dash = numbers.cell("drop_activation", "table1", row: "DenseNet-BC-100-12", column: "RReLU")
    #expect(try #require(dash).mean == nil)
    let doubtful = numbers.cells.filter(\.spreadIsDoubtful)
    #expect(doubtful.map(\.row) == ["20000"])
  }

  @Test func `the margin of an accuracy is that of its error`() throws {
    let table = try #require(numbers.table("delayed_strong_reg", "table2"))
    let width = table.margin(for: "test_accuracy").width(mean: 71.01, spread: 0.33)
    #expect(abs(width - 2.899) < 1e-9)
    #expect(table.margin(for: "sparsity") == .standard)
  }

  /// The improvements that the Delayed Strong Regularization paper prints are relative to its
  /// baseline's accuracy, in percent.
  @Test func `improvements follow from the means`() throws {
    var checked = 0
    for cell in numbers.cells where cell.metric == "relative_improvement_percent" {
      let start = String(cell.row.prefix { $0 != "/" }) + "/ "
      let penalty = cell.row.contains("L2") ? "L2" : "L1"
      func accuracy(_ kind: String) -> Double? {
        numbers.cell(
          cell.paper, cell.table, row: "\(start)\(penalty) \(kind)", column: cell.column)?.mean
      }
      let baseline = try #require(accuracy("baseline"))
      let ours = try #require(accuracy("ours"))
      let printed = try #require(cell.mean)
      #expect(abs(100 * (ours - baseline) / baseline - printed) <= 0.01 + 1e-9)
      checked += 1
    }
    #expect(checked == 14)
  }

  /// The compression rates compare the weights left by the sparsest model with the L1 baseline's.
  @Test func `compression rates follow from the sparsities`() throws {
    var checked = 0
    for cell in numbers.cells where cell.metric == "compression" {
      let start = String(cell.row.prefix { $0 != "/" }) + "/ "
      func sparsity(_ kind: String) -> Double? {
        numbers.cell(
          cell.paper, cell.table, row: start + kind, column: "\(cell.column) sparsity")?.mean
      }
      let baseline = try #require(sparsity("L1 baseline"))
      let ours = try #require(sparsity("L1 ours (sparse)"))
      let printed = try #require(cell.mean)
      // Printed with one decimal.
      #expect(abs((1 - baseline) / (1 - ours) - printed) <= 0.05 + 0.01)
      checked += 1
    }
    #expect(checked == 7)
  }

  @Test func `a metric has one unit`() {
    for cell in numbers.cells {
      guard let metric = Metric(rawValue: cell.metric) else { continue }
      #expect(cell.unit == metric.unit.rawValue, "\(cell.table), \(cell.row), \(cell.column)")
    }
  }

  @Test func `damage is reported with its place`() {
    let text = #"{"paper": "p", "citation": {"name": "n", "title": "t"}, "tabels": []}"#
    guard case .failure(let problem) = PublishedNumbers.reading([("p.json", Array(text.utf8))])
    else {
      Issue.record("a misspelt key must not pass")
      return
    }
    #expect(problem.message.contains("tabels"))
    #expect(problem.location.file == "p.json")
  }

  @Test func `every claim is about cells that its table prints`() {
    #expect(!numbers.claims.isEmpty)
    for claim in numbers.claims {
      let pairs = numbers.claims(claim.paper, claim.table, metric: claim.metric)
        .filter { $0.claim == claim }
      #expect(!pairs.isEmpty, "\(claim)")
      for row in claim.rows ?? [] { #expect(pairs.contains { $0.row == row }, "\(row)") }
      for row in claim.exceptions { #expect(!pairs.contains { $0.row == row }, "\(row)") }
      #expect(claim.place.hasPrefix("Section "), "\(claim)")
    }
  }

  @Test func `the paper prints what it claims`() {
    for table in numbers.tables {
      let metrics = Set(numbers.claims.filter { $0.table == table.table }.map(\.metric))
      for pair in metrics.flatMap({ numbers.claims(table.paper, table.table, metric: $0) }) {
        #expect((pair.gain ?? 0) > 0, "\(table.paper) \(table.table) \(pair.row)")
      }
    }
  }
}
