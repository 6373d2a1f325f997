import Canonical
import Model
import Testing

@testable import Study

@Suite struct MeasurementTests {
  /// The study of `StudyFixture` with a list under `"measure"`.
  private func study(_ measure: String, _ changes: (String, String)...) -> Result<
    StudySpec, InvalidStudy
  > {
    let text = StudyFixture.small(
      ("\"study\": \"small\"", "\"study\": \"small\", \"measure\": \(measure)"))
    return StudyFixture.load(
      changes.reduce(text) { $0.replacing($1.0, with: $1.1) })
  }

  private func messages(_ result: Result<StudySpec, InvalidStudy>) -> [String] {
    guard case .failure(let error) = result else { return [] }
    return error.diagnostics.map { "\($0.message)\($0.advice.map { "; \($0)" } ?? "")" }
  }

  @Test func `every example reads back to itself`() throws {
    for type in MeasurementRegistry.all {
      let json = type.example.json
      let diagnostics = DiagnosticCollector()
      let document = JSONValue.object(["measure": .array([json])])
      let read = MeasurementRegistry.read(ObjectReader(document, diagnostics))
      #expect(diagnostics.diagnostics.map(\.message) == [])
      #expect(read.map(\.json) == [json])
    }
  }

  @Test func `a measurement may be a name or an object with the same meaning`() throws {
    let short = try study("[\"unitMaxima\", {\"name\": \"pruningCurve\"}]").printingErrors()
    let long = try study(
      """
      [{"name": "unitMaxima", "parameter": []}, {"name": "pruningCurve", "note": "n"}]
      """
    ).printingErrors()
    #expect(short.upperBound.map(\.example) == long.upperBound.map(\.example))
  }

  @Test func `only final runs are measured, and candidates keep their ids`() throws {
    func cells(_ measure: String) throws -> [Cell] {
      try study(measure).printingErrors().upperBound.map(\.example)
    }
    func id(_ cell: Cell) -> String { cell.id(dataDigest: "d", weightsDigest: nil) }
    let (none, some) = (try cells("[]"), try cells("[\"learningCurve\"]"))
    let without = try StudyFixture.load(StudyFixture.small()).printingErrors()
    #expect(none.map(id) == without.upperBound.map { id($0.example) })
    for (plain, measured) in zip(none, some) {
      #expect((id(plain) == id(measured)) == (plain.stage != .final))
      #expect(measured.spec.setup?.measurements.isEmpty == (plain.stage != .final))
    }
    #expect(none[0].spec.json["measure"] == nil)
  }

  @Test func `a specification written as JSON reads back`() throws {
    let study = try study(
      """
      ["learningCurve", {"name": "weightHistogram", "parameter": "fc1.*", "low": -1, "bins": 7},
       {"name": "svm", "layer": "fc1"}]
      """
    ).printingErrors()
    let spec = try #require(study.upperBound.map(\.example).first { $0.stage == .final }?.spec)
    let diagnostics = DiagnosticCollector()
    let back = CellSpec(reading: ObjectReader(spec.json, diagnostics))
    #expect(diagnostics.diagnostics.isEmpty && back == spec)
    let measurements = try #require(back.setup).measurements
    #expect(measurements.count == 3)
    #expect((measurements[1] as? WeightHistogram)?.bins == 7)
    #expect((measurements[2] as? FeatureSVM)?.layer == "fc1")
  }

  @Test func `mistakes are errors with suggestions`() {
    #expect(messages(study("\"svm\"")).first?.hasPrefix("\"measure\" must be a list") == true)
    let unknown = messages(study("[\"weightHistogramm\"]"))
    #expect(unknown.first?.hasPrefix("unknown measurement \"weightHistogramm\"") == true)
    #expect(unknown.first?.contains("did you mean \"weightHistogram\"?") == true)
    #expect(
      messages(study("[{\"name\": \"filters\", \"unit\": 3}]")).first?.contains("\"units\"?")
        == true)
    #expect(messages(study("[3]")).isEmpty == false)
    #expect(
      messages(study("[\"filters\", {\"name\": \"filters\", \"units\": 3}]")).first?.hasPrefix(
        "\"filters\" is measured twice") == true)
    #expect(
      messages(study("[{\"name\": \"weightHistogram\", \"low\": 1, \"high\": 0}]"))
        == ["\"low\" must be below \"high\""])
    #expect(
      messages(study("[{\"name\": \"varianceShift\"}]")).contains("missing key \"layer\""))
  }

  @Test func `a measurement that the network cannot have is refused by check`() {
    let parameter = messages(study("[{\"name\": \"pruningCurve\", \"parameter\": \"fc9.weight\"}]"))
    #expect(
      parameter.first?.hasPrefix("pruningCurve: lenet has no weights \"fc9.weight\"; did you mean")
        == true)
    #expect(
      messages(study("[{\"name\": \"svm\", \"layer\": \"nowhere\"}]")).first?.hasPrefix(
        "svm: lenet has no hidden layer \"nowhere\"") == true)
    // The plain arm has no noise.
    let shift = messages(study("[{\"name\": \"varianceShift\", \"layer\": \"conv1\"}]"))
    #expect(shift.contains { $0.hasPrefix("varianceShift: nothing in lenet is random") })
    #expect(messages(study("[\"predictions\"]")).first?.contains("only a regression") == true)
    let bagging = study(
      "[\"filters\"]",
      (
        "{\"name\": \"std-BP\"}",
        "{\"name\": \"b\", \"regularizers\": [{\"name\": \"bagging\", \"members\": 2}]}"
      ))
    #expect(messages(bagging).contains { $0.hasPrefix("filters: filters looks at one network") })
    #expect(
      messages(
        study(
          "[\"learningCurve\"]",
          (
            "{\"name\": \"std-BP\"}",
            "{\"name\": \"b\", \"regularizers\": [{\"name\": \"bagging\", \"members\": 2}]}"
          )
        )) == [])
  }

  @Test func `a learning curve without evaluations before the end is a warning`() throws {
    let warning = "learningCurve: without evaluations before the end the curve is a single point"
    let (often, never) = (#"{"everyEpochs": 1}"#, "{}")
    for (evaluation, expected) in [(often, false), (never, true)] {
      let study = try study(
        "[\"learningCurve\"], \"evaluation\": \(evaluation)"
      ).printingErrors()
      #expect(study.warnings.contains { $0.message == warning } == expected)
    }
  }

  @Test func `filters need a layer that reads the image`() throws {
    let study = try study("[\"filters\"]").printingErrors()
    let layers = try study.upperBound.map(\.example).filter { $0.stage == .final }.map { cell in
      try Filters().layer(
        in: MeasuredCell(
          cell.spec, #require(cell.spec.setup), #require(cell.spec.setup?.facts))
      ).name
    }
    #expect(Set(layers) == ["conv1", "fc1"])
  }

  @Test func `a layer that changes the image before the weights has no filters`() {
    let network = """
      {"layers": [{"kind": "batchNormalization", "name": "n"},
        {"kind": "dense", "name": "f", "outputs": 10}]}
      """
    let result = study(
      "[\"filters\"]", ("{\"name\": \"mlp\", \"hidden\": [64]}", network))
    #expect(messages(result).contains { $0.contains("\"n\", is neither dense nor") })
  }

  @Test func `by default the layer in front of which dropout acts is measured`() throws {
    let study = try study("[\"unitMaxima\", \"pruningCurve\"]").printingErrors()
    let cell = try #require(study.upperBound.map(\.example).first { $0.stage == .final })
    let measured = try MeasuredCell(
      cell.spec, #require(cell.spec.setup), #require(cell.spec.setup?.facts))
    #expect(try UnitMaxima().names(in: measured) == ["fc2.weight"])
    #expect(try PruningCurve().names(in: measured) == ["fc2.weight"])
    #expect(try WeightHistogram().names(in: measured).count == 4)
    #expect(
      try WeightHistogram(MeasuredParameters(["conv*"])).names(in: measured)
        == ["conv1.weight", "conv2.weight"])
  }
}
