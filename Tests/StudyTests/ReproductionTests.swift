import Testing

@testable import Study

@Suite struct ReproductionTests {
  private func study(_ reproduction: String) -> Result<StudySpec, InvalidStudy> {
    StudyFixture.load(
      StudyFixture.small(
        (
          "\"trials\": 2",
          "\"trials\": 2, \"reproduces\": [{\"paper\": \"shakeout\", \"table\": \"table3\", \(reproduction)}]"
        )))
  }

  private func errors(_ reproduction: String) -> String {
    guard case .failure(let error) = study(reproduction) else { return "" }
    return error.text
  }

  @Test func `places are named once`() throws {
    let study = try study(
      #""when": {"network": "lenet"}, "row": "{trainSize}", "column": "all""#
    ).printingErrors()
    let places = study.reproduces[0].places(in: study)
    #expect(places.map(\.row) == ["300", "1000"])
    #expect(places.allSatisfy { $0.column == "all" })
  }

  @Test func `metrics of two arms need the other`() throws {
    let places = #""row": "r", "column": "c", "metric": "compression""#
    #expect(errors(places).contains("\"compression\" needs \"over\""))
    #expect(errors(places).contains("known: \"std-BP\""))
    #expect(errors(places + #", "over": "Droput""#).contains("did you mean \"Dropout\"?"))
    let study = try study(places + #", "over": "Dropout""#).printingErrors()
    #expect(study.reproduces[0].over == "Dropout")
  }

  @Test func `other metrics have none`() {
    #expect(
      errors(#""row": "r", "column": "c", "metric": "sparsity", "over": "Dropout""#)
        .contains("\"over\" says nothing about \"sparsity\""))
  }

  @Test func `argmin needs its axis`() throws {
    let places = #""row": "r", "column": "c", "metric": "argmin_p""#
    #expect(errors(places).contains("\"argmin_p\" needs \"along\""))
    let study = try study(places + #", "along": "trainSize""#).printingErrors()
    #expect(study.reproduces[0].along == "trainSize")
  }

  @Test func `pools keep a share`() throws {
    let pooled = #""row": "r", "column": "c", "metric": "epochs", "pool": {"keep": 0.875}"#
    #expect(try study(pooled).printingErrors().reproduces[0].pooledShare == 0.875)
    #expect(errors(pooled.replacing("0.875", with: "1.5")).contains("must lie in"))
  }
}
