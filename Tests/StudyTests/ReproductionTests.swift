import Testing

@testable import Study

@Suite struct ReproductionTests {
  private func study(
    _ reproduction: String, table: String = "table3", paper: String = "shakeout",
    others: String = "\"reduced\": \"to two sizes\","
  ) -> Result<StudySpec, InvalidStudy> {
    StudyFixture.load(
      StudyFixture.small(
        (
          "\"trials\": 2",
          "\(others) \"trials\": 2, \"reproduces\": [{\"paper\": \"\(paper)\", "
            + "\"table\": \"\(table)\", \(reproduction)}]"
        )))
  }

  private func errors(
    _ reproduction: String, table: String = "table3", paper: String = "shakeout",
    others: String = "\"reduced\": \"to two sizes\","
  ) -> String {
    let study = study(reproduction, table: table, paper: paper, others: others)
    guard case .failure(let error) = study else { return "" }
    return error.text
  }

  @Test func `each place in a published table is named once`() throws {
    let study = try study(
      #""when": {"network": "lenet"}, "row": "{trainSize}", "column": "Dropout""#
    ).printingErrors()
    let places = study.reproduces[0].places(in: study)
    #expect(places.map(\.row) == ["300", "1000"])
    #expect(places.allSatisfy { $0.column == "Dropout" })
  }

  @Test func `a metric that compares two arms needs "over"`() throws {
    let places = #"""
      "row": "VGG-16 / compression rate over L1 baseline", "column": "CIFAR-10",
      "metric": "compression"
      """#
    func errors(_ text: String) -> String {
      self.errors(text, table: "table2", paper: "delayed_strong_reg")
    }
    #expect(errors(places).contains("\"compression\" needs \"over\""))
    #expect(errors(places).contains("known: \"std-BP\""))
    #expect(errors(places + #", "over": "Droput""#).contains("did you mean \"Dropout\"?"))
    let study = try study(
      places + #", "over": "Dropout""#, table: "table2", paper: "delayed_strong_reg"
    ).printingErrors()
    #expect(study.reproduces[0].over == "Dropout")
  }

  @Test func `a metric of one arm refuses "over"`() {
    #expect(
      errors(#""row": "r", "column": "c", "metric": "sparsity", "over": "Dropout""#)
        .contains("\"over\" says nothing about \"sparsity\""))
  }

  @Test func `argmin_p needs "along"`() throws {
    let places = #""row": "argmin of test error", "column": "p", "metric": "argmin_p""#
    #expect(
      errors(places, table: "fig2", paper: "drop_activation").contains(
        "\"argmin_p\" needs \"along\""))
    let study = try study(
      places + #", "along": "trainSize""#, table: "fig2", paper: "drop_activation"
    ).printingErrors()
    #expect(study.reproduces[0].along == "trainSize")
  }

  @Test func `"pool" keeps the given share of runs`() throws {
    let pooled =
      #""row": "epochs", "column": "Sampling", "metric": "epochs", "pool": {"keep": 0.875}"#
    let study = try study(pooled, paper: "marginalized_noise").printingErrors()
    #expect(study.reproduces[0].pooledShare == 0.875)
    #expect(
      errors(pooled.replacing("0.875", with: "1.5"), paper: "marginalized_noise")
        .contains("must lie in"))
  }

  // MARK: - What the papers print

  private let places = #""when": {"network": "lenet"}, "row": "{trainSize}", "column": "{arm}""#

  @Test func `a table that the paper does not have is an error with a suggestion`() {
    let text = errors(places, table: "tabel3")
    #expect(text.contains("\"shakeout\" has no table \"tabel3\""))
    #expect(text.contains("did you mean \"table3\"?"))
    #expect(text.contains("study.json:"))
  }

  @Test func `a metric that the table does not print is an error`() {
    let text = errors(places + #", "metric": "test_accuracy""#)
    #expect(text.contains("Table 3 prints no \"test_accuracy\""))
    #expect(text.contains("known: \"test_error\""))
  }

  @Test func `a metric of other cells of the table is an error`() {
    let text = errors(
      #""row": "VGG-16 / L2 ours", "column": "CIFAR-10 sparsity", "metric": "test_accuracy""#,
      table: "table2", paper: "delayed_strong_reg")
    #expect(text.contains("is a \"sparsity\", not a \"test_accuracy\""))
  }

  @Test func `a fixed row or column that the table does not have is an error whatever is reduced`()
  {
    let row = errors(#""row": "5000", "column": "{arm}""#)
    #expect(row.contains("Table 3 has no row \"5000\""))
    #expect(row.contains("did you mean"))
    let column = errors(#""row": "1000", "column": "Droput""#)
    #expect(column.contains("Table 3 has no column \"Droput\""))
    #expect(column.contains("did you mean \"Dropout\"?"))
  }

  @Test func `names made of axes need not all be printed, but some of them`() throws {
    let others = places.replacing("{trainSize}", with: "n{trainSize}")
    #expect(errors(others, others: "").contains("Table 3 has no row \"n300\""))
    _ = try study(others).printingErrors()
    _ = try study(places, others: "").printingErrors()
  }

  @Test
  func `a further arm may stand beside the paper's, and one that looks like a misprint is named`()
    throws
  {
    let text = StudyFixture.small(
      ("300, 1000", "500, 1000"), ("\"std-BP\"", "\"std-PB\""),
      (
        "\"trials\": 2",
        "\"trials\": 2, \"reproduces\": [{\"paper\": \"shakeout\", \"table\": \"table3\", \(places)}]"
      ))
    let study = try StudyFixture.load(text).printingErrors()
    #expect(
      study.warnings.map(\.message) == [
        "Table 3 has no column \"std-PB\", so no published number stands beside it"
      ])
    #expect(study.warnings.first?.advice == "did you mean \"std-BP\"?")
  }
}
