import Canonical
import Testing

@testable import Study

@Suite struct SelectionTargetTests {
  private let text = """
    {
      "study": "s", "trials": 1, "dataset": {"name": "mnist-5k", "validation": 500},
      "network": "lenet", "axes": {"trainSize": [300, 1000]},
      "training": {"batch": 50, "iterations": 4, "optimizer": {"momentum": 0.9},
                   "learningRate": {"base": 0.01}},
      "arms": [{"name": "Shakeout", "regularizers": [
        {"name": "shakeout", "drop": {"select": [0.2, 0.4]}, "c": "1/sqrt(n)"}]}],
      "overrides": [{"when": {"trainSize": 1000}, "set": {"dataset": {"validation": 0},
        "regularizers": {"shakeout": {
          "drop": {"select": [0], "relativeTo": {"value": "Shakeout.drop", "at": {"n": 300}}},
          "c": {"select": [0], "relativeTo": {"value": "Shakeout.c", "at": {"trainSize": 300}}}
        }}}}]
    }
    """

  @Test func `a value chosen at one training size can be used at another`() throws {
    let study = try StudyFixture.load(text, only: ["n=1000"]).printingErrors()
    let candidates = study.ready()
    #expect(
      candidates.map(\.name) == [
        "n=300 Shakeout drop=0.2", "n=300 Shakeout drop=0.4",
      ])
    let finished = zip(candidates, [9.0, 8]).map { cell, error in
      var record = RunRecordCSVTests.example
      record.id = cell.id
      record.diverged = false
      record.validationErrorLast = error
      return record
    }
    let final = study.ready(after: finished)
    #expect(final.map(\.name) == ["n=1000 Shakeout #1"])
    let values = Dictionary(
      uniqueKeysWithValues: final[0].hyperparameters.map { ($0.name, $0.value) })
    #expect(values["drop"] == 0.4)
    #expect(abs((values["c"] ?? 0) - (1 / 300.0).squareRoot()) < 1e-9)
    #expect(final[0].spec.setup?.dataset.validation == 0)
  }

  @Test func `a selection that depends on itself is refused`() {
    let circle = text.replacing("\"at\": {\"n\": 300}", with: "\"at\": {\"n\": 1000}")
    guard case .failure(let error) = StudyFixture.load(circle) else {
      Issue.record("accepted")
      return
    }
    #expect(error.text.contains("wait for themselves"))
  }
}
