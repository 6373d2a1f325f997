import Canonical
import Testing

@testable import Study

@Suite struct SelectionRuleTests {
  private let text = """
    {
      "study": "s", "trials": 1, "dataset": {"name": "mnist-5k", "validation": 500},
      "network": "lenet", "axes": {"trainSize": [300, 1000]},
      "training": {"batch": 50, "iterations": 4, "optimizer": {"momentum": 0.9},
                   "learningRate": {"base": 0.01}},
      "arms": [
        {"name": "base", "regularizers": [{"name": "l1", "lambda": {"select": [1, 2, 3]}}]},
        {"name": "sparse", "regularizers": [{"name": "l1", "lambda":
          {"select": [1, 2, 3], "by": "sparsity", "notWorseThan": "base"}}]}
      ]
    }
    """

  /// What both arms choose at 300 images when their candidates come out like this.
  private func chosen(
    _ text: String, base: [Double], sparse: [(error: Double, sparsity: Double)],
    change: (inout RunRecord, Int) -> Void = { _, _ in }
  ) throws -> [Double?] {
    let study = try StudyFixture.load(text, only: ["n=300"]).printingErrors()
    let agenda = study.agenda()
    var final: [Cell] = []
    while case let opened = agenda.takeOpened(), !opened.isEmpty {
      for cell in opened.compactMap({ agenda.cell($0.id) }) {
        var record = RunRecordCSVTests.example
        record.id = cell.id
        record.diverged = false
        if case .selection(let index) = cell.stage {
          record.validationErrorLast = cell.arm == "base" ? base[index] : sparse[index].error
          record.measures = [
            Measure(name: "sparsity", value: cell.arm == "base" ? 0 : sparse[index].sparsity)
          ]
          change(&record, index)
        } else {
          final.append(cell)
        }
        agenda.add(record)
      }
    }
    return ["base", "sparse"].map { arm in
      final.first { $0.arm == arm }?.hyperparameters.first?.value
    }
  }

  @Test func `the sparsest candidate whose error is not worse wins`() throws {
    #expect(
      try chosen(text, base: [9, 8, 10], sparse: [(7, 0.1), (8, 0.5), (8.1, 0.9)]) == [2, 2])
    #expect(
      try chosen(text, base: [9, 8, 10], sparse: [(7, 0.5), (8, 0.5), (9, 0.9)]) == [2, 1],
      "the earlier of equals")
  }

  @Test func `where none is admitted the lowest error wins`() throws {
    #expect(
      try chosen(text, base: [9, 8, 10], sparse: [(9, 0.1), (8.5, 0.5), (20, 0.9)]) == [2, 2])
  }

  @Test func `diverged candidates are not admitted`() throws {
    let values = try chosen(
      text, base: [9, 8, 10], sparse: [(7, 0.1), (7, 0.5), (7, 0.9)],
      change: { record, index in if index == 2 { record.diverged = true } })
    #expect(values == [2, 2])
  }

  @Test(arguments: [
    ("", [1.0]), (#""selectOn": "lowestValidation", "#, [2.0]),
    (#""selectOn": "test", "oracle": true, "#, [3.0]),
  ])
  func `the criterion decides which error counts`(key: String, expected: [Double]) throws {
    let study = text.replacing("\"study\": \"s\", ", with: "\"study\": \"s\", \(key)")
    let values = try chosen(
      study, base: [0, 0, 0], sparse: [(9, 0), (9, 0), (9, 0)],
      change: { record, index in
        record.validationErrorLast = [1, 2, 3][index]
        record.bestValidationError = [2, 1, 3][index]
        record.testErrorLast = [3, 2, 1][index]
      })
    #expect(values[0] == expected[0])
  }

  @Test func `an oracle needs no validation images`() throws {
    let oracle = text.replacing("\"validation\": 500", with: "\"validation\": 0")
      .replacing(
        "\"study\": \"s\"", with: "\"study\": \"s\", \"selectOn\": \"test\", \"oracle\": true")
    #expect(try StudyFixture.load(oracle).printingErrors().selectOn == .test)
  }

  /// The criterion decides what is chosen, not what a run is.
  @Test func `ids do not depend on the criterion`() throws {
    func ids(_ text: String) throws -> [String] {
      try StudyFixture.load(text).printingErrors().ready().map(\.id)
    }
    let oracle = text.replacing(
      "\"study\": \"s\"", with: "\"study\": \"s\", \"selectOn\": \"test\", \"oracle\": true")
    #expect(try ids(text) == ids(oracle))
  }
}
