import Canonical
import Testing

@testable import Study

@Suite struct FigureKindTests {
  private func reading(_ list: String) throws -> (figures: [FigureKind], problems: [Diagnostic]) {
    let document = try JSONParser.parse(Array("{\"figures\": \(list)}".utf8), file: "f.json").get()
    let diagnostics = DiagnosticCollector()
    let list = try #require(document["figures"])
    let figures = FigureKind.read(list, ObjectReader(document, diagnostics))
    return (figures, diagnostics.diagnostics)
  }

  @Test func `figures are kept in written order`() throws {
    let read = try reading(#"["filters", "errorAgainstTrainSize"]"#)
    #expect(read.figures.map(\.name) == ["filters", "errorAgainstTrainSize"])
    #expect(read.problems.isEmpty)
    #expect(try reading("[]").figures == [])
  }

  @Test func `an unknown name is an error with a suggestion`() throws {
    let read = try reading(#"["filters", "learningCurve"]"#)
    #expect(read.figures == Filters.figures)
    let problem = try #require(read.problems.first)
    #expect(problem.message == "unknown figure \"learningCurve\"")
    #expect(problem.location.column == 25)
    #expect(problem.advice?.hasPrefix("did you mean \"learningCurves\"? allowed: ") == true)
  }

  @Test(arguments: [
    ("\"filters\"", "\"figures\" must be a list of names, found the string \"filters\""),
    ("[1]", "a figure is named by a string, found the number 1"),
    (#"["filters", "filters"]"#, "the figure \"filters\" is named twice"),
  ])
  func `"figures" must be a list of names`(list: String, message: String) throws {
    #expect(try reading(list).problems.map(\.message) == [message])
  }

  @Test func `the schema allows the known figure names alone`() {
    let names = StudySchema.study["properties"]?["figures"]?["items"]?["enum"]?.elements
    #expect(names?.compactMap(\.stringValue) == FigureKind.all.map(\.name))
  }

  @Test(arguments: [
    (
      "learningCurves", "[]",
      ["the figure \"learningCurves\" needs \"measure\": [\"learningCurve\"]"]
    ),
    ("learningCurves", #"["learningCurve"]"#, []),
    ("learningCurves", #"[{"name": "learningCurve"}]"#, []),
    (
      "errorAgainstTrainSize", "[]",
      ["the figure \"errorAgainstTrainSize\" needs an axis \"trainSize\""]
    ),
    ("parameterSweep", "[]", []),
    ("ganValue", "[]", ["the figure \"ganValue\" needs \"task\": \"gan\""]),
    ("shiftRatio", "[]", ["the figure \"shiftRatio\" needs \"task\": \"theory\""]),
  ])
  func `check warns of figures that would never be drawn`(
    figure: String, measure: String, warnings: [String]
  ) throws {
    let text = """
      {
        "study": "s", "trials": 1, "dataset": {"name": "mnist-5k", "validation": 500},
        "network": {"name": "mlp", "hidden": [8]}, "evaluation": {"every": 1},
        "training": {"batch": 10, "iterations": 5, "optimizer": {"momentum": 0}, "learningRate": {"base": 0.1}},
        "arms": [{"name": "a"}], "measure": \(measure), "figures": ["\(figure)"]
      }
      """
    let study = try StudyFixture.load(text).printingErrors()
    #expect(study.warnings.map(\.message) == warnings)
  }
}
