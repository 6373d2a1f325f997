import Canonical
import Testing

@testable import Study

@Suite struct SelectionRangeTests {
  private func study(_ drop: String, _ c: String = "0.1") throws -> Result<StudySpec, InvalidStudy>
  {
    StudyFixture.load(
      """
      {"study": "s", "trials": 1, "dataset": {"name": "mnist-5k", "validation": 500},
       "network": "lenet", "trainSize": 400,
       "training": {"batch": 10, "iterations": 5, "optimizer": {"name": "sgd"},
        "learningRate": {"base": 0.1}},
       "arms": [{"name": "a", "regularizers": [
        {"name": "shakeout", "drop": \(drop), "c": \(c)}]}]}
      """)
  }

  /// The candidates' values of drop and c.
  private func candidates(_ drop: String, _ c: String = "0.1") throws -> [[Double]] {
    let study = try study(drop, c).printingErrors()
    return study.ready().map { $0.hyperparameters.map(\.value) }
  }

  @Test func `equal distances meet both ends`() throws {
    let drops = try candidates(#"{"select": {"from": 0.1, "to": 0.8, "steps": 8}}"#).map { $0[0] }
    #expect(drops == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
  }

  @Test func `equal ratios on a logarithmic scale`() throws {
    let values = try candidates(
      "0.5", #"{"select": {"from": 1e-4, "to": 0.1, "steps": 4, "scale": "log"}}"#
    ).map { $0[1] }
    #expect(values == [0.0001, 0.001, 0.01, 0.1])
  }

  @Test func `the ends may be expressions`() throws {
    let values = try candidates(
      "0.5", #"{"select": {"from": "1/sqrt(n)", "to": "10/sqrt(n)", "steps": 2, "scale": "log"}}"#
    ).map { $0[1] }
    #expect(values == [0.05, 0.5])
  }

  @Test func `random candidates of several numbers are drawn together and repeat`() throws {
    let drop = #"{"select": {"from": 0.1, "to": 0.9, "random": 12}}"#
    let c = #"{"select": {"from": 1e-3, "to": 1, "random": 12, "scale": "log"}}"#
    let drawn = try candidates(drop, c)
    #expect(drawn.count == 12)
    #expect(Set(drawn.map { $0[0] }).count == 12)
    #expect(drawn.allSatisfy { (0.1...0.9).contains($0[0]) && (1e-3...1).contains($0[1]) })
    // Equal ratios: about as many below as above the middle of the logarithms.
    #expect((3...9).contains(drawn.count { $0[1] < 0.0316 }))
    #expect(try candidates(drop, c) == drawn)
    let other = try candidates(drop.replacing("12}", with: "12, \"seed\": 2}"), c)
    #expect(other.map { $0[0] } != drawn.map { $0[0] })
    #expect(other.map { $0[1] } == drawn.map { $0[1] })
    // A list beside drawn values is tried with each of them.
    #expect(try candidates(drop, #"{"select": [0.1, 0.2]}"#).count == 24)
  }

  @Test(
    arguments: [
      (#"{"select": {"from": 0.8, "to": 0.1, "steps": 3}}"#, "\"from\" must be below \"to\""),
      (#"{"select": {"from": 0, "to": 0.5, "steps": 3, "scale": "log"}}"#, "above 0"),
      (#"{"select": {"from": 0.1, "to": 0.5}}"#, "missing key \"random\" or \"steps\""),
      (#"{"select": {"from": 0.1, "to": 0.5, "steps": 1}}"#, "must lie in 2...10000"),
      (#"{"select": {"from": 0.1, "to": 0.5, "steps": 3, "random": 4}}"#, "exclude each other"),
      (#"{"select": {"from": 0.1, "to": 0.5, "steps": 3, "seed": 4}}"#, "for \"random\" alone"),
      (#"{"select": {"from": 0.1, "to": 0.5, "stesp": 3}}"#, "did you mean \"steps\"?"),
      (#"{"select": {"from": 0.1, "to": 0.5, "random": 3}, "relativeTo": "a.c"}"#, "relative to"),
    ]) func `mistakes in a range get a message`(select: String, words: String) throws
  {
    guard case .failure(let error) = try study(select) else {
      Issue.record("accepted")
      return
    }
    #expect(error.text.contains(words), "\(error.text)")
  }

  @Test func `random selections of different counts in one arm are an error`() throws {
    let result = try study(
      #"{"select": {"from": 0.1, "to": 0.9, "random": 12}}"#,
      #"{"select": {"from": 0.1, "to": 0.9, "random": 10}}"#)
    guard case .failure(let error) = result else {
      Issue.record("accepted")
      return
    }
    #expect(error.text.contains("12 and 10 candidates do not go together"))
  }
}
