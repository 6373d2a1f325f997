import Testing

@testable import Model

@Suite struct TheorySpecTests {
  @Test(arguments: [
    #"{"name": "effectiveWeight"}"#, #"{"name": "regularizerCurve", "input": 2, "reach": 5}"#,
    #"{"name": "regularizerContour", "model": "linear", "input2": -1, "points": 5}"#,
    #"{"name": "shiftRatio"}"#, #"{"name": "shiftRatio", "samples": 1000}"#,
  ])
  func `the canonical form reads back`(text: String) throws {
    let (spec, problems) = try reading(text) { TheorySpec(reading: $0) }
    #expect(problems == [])
    let (again, others) = try reading(spec.json.canonicalText) { TheorySpec(reading: $0) }
    #expect(others == [])
    #expect(again == spec)
    #expect(try spec.network.outputShape().count > 0)
  }

  @Test(arguments: [
    #"{"name": "regularizerCurve", "points": 10}"#, #"{"name": "shiftRatio", "points": 11}"#,
    #"{"name": "shiftRatio", "samples": 10}"#, #"{"name": "curve"}"#,
  ])
  func `wrong keys and values are refused with a message`(text: String) throws {
    #expect(try reading(text) { TheorySpec(reading: $0) }.problems.count == 1)
  }

  @Test func `weights reach as far down as up, with 0 between them`() {
    let weights = TheorySpec.WeightGrid(reach: 2, points: 5).weights
    #expect(weights == [-2, -1, 0, 1, 2])
  }

  @Test func `a formula takes the regularizer that it is about`() {
    let grid = TheorySpec.WeightGrid(reach: 1, points: 3)
    let curve = TheorySpec(name: .regularizerCurve, grid: grid)
    #expect(curve.conflict([Shakeout(drop: 0.3, c: 1)]) == nil)
    #expect(curve.conflict([]) == nil)
    #expect(curve.conflict([L2(lambda: 1)])?.regularizer == "l2")
    #expect(curve.conflict([Dropout(drop: 0.1), Dropout(drop: 0.1)]) != nil)
    let ratio = TheorySpec(name: .shiftRatio)
    #expect(ratio.conflict([DropActivation()]) == nil)
    #expect(ratio.conflict([]) != nil)
    #expect(ratio.conflict([RReLU()])?.regularizer == "rrelu")
    #expect(TheorySpec.shakeout([Dropout(drop: 0.1)]) == (0.1, 0))
    #expect(TheorySpec.shakeout([Shakeout(drop: 0.2, c: 3)]) == (0.2, 3))
  }
}
