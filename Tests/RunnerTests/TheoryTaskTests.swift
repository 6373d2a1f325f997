import Canonical
import Engine
import Model
import Study
import TestSupport
import Testing

@testable import Runner

@Suite struct TheoryTaskTests {
  private func spec(_ theory: String, _ regularizer: String) throws -> CellSpec {
    try CellExample.spec(
      reading: """
        {"seed": 1, "trial": 1, "task": "theory", "theory": \(theory),
         "regularizers": [\(regularizer)]}
        """)
  }

  private func outcome(_ spec: CellSpec) throws -> TrainingResult {
    let folder = try TemporaryFolder()
    return try #require(try CellExample.train(spec, in: folder.path))
  }

  @Test func `a formula is computed without any update`() throws {
    let spec = try spec(#"{"name": "shiftRatio"}"#, #"{"name": "dropActivation", "keep": 0.95}"#)
    let outcome = try outcome(spec)
    #expect(outcome.updates == 0 && outcome.lastLoss == nil && !outcome.hasDiverged)
    #expect(outcome.last.testError == nil && outcome.bestOnTest == nil)
    #expect(abs(outcome.last.measures[0].value - 0.9377233215238241) < 1e-12)
    #expect(
      outcome.series == [
        Series(
          name: "shiftRatio",
          points: [
            SeriesPoint(curve: "theory", x: 0.95, y: DropActivation(keep: 0.95).varianceShift)
          ])
      ])
    #expect(TrainingResult(outcome.json) == outcome)
  }

  @Test func `a measured ratio is near the formula, and the record's is the curve's`() throws {
    let spec = try spec(
      #"{"name": "shiftRatio", "samples": 200000}"#, #"{"name": "dropActivation", "keep": 0.5}"#)
    let outcome = try outcome(spec)
    let ratio = outcome.last.measures[0].value
    #expect(abs(ratio - 0.82400) < 0.01)
    #expect(outcome.series[0].points == [SeriesPoint(curve: "measured", x: 0.5, y: ratio)])
  }

  @Test func `the regularizer's curve and contour are those of the paper's figures`() throws {
    let shakeout = #"{"name": "shakeout", "drop": 0.3, "c": 0.78}"#
    let curve = try outcome(
      spec(#"{"name": "regularizerCurve", "reach": 2, "points": 5}"#, shakeout))
    let points = curve.series[0].points
    #expect(points.map(\.x) == [-2, -1, 0, 1, 2])
    #expect(points[2].y == 0)
    #expect(abs(points[4].y - 0.248479) < 1e-6)
    func value(_ outcome: TrainingResult, _ name: String) -> Double {
      outcome.last.measures.first { $0.name == name }?.value ?? .nan
    }
    #expect(abs(value(curve, "bound") - 0.34720321) < 1e-8)
    #expect(value(curve, "equation_7_error") < 1e-12)
    let contour = try outcome(
      spec(
        #"{"name": "regularizerContour", "reach": 1, "points": 3}"#,
        #"{"name": "dropout", "drop": 0.5}"#))
    #expect(contour.series[0].points.count == 9)
    #expect(contour.series[0].points.last?.curve == "1")
    // At (1, 1): 0.114360 is true, 0.107993 what equation 7 gives.
    #expect(abs((contour.series[0].points.last?.y ?? 0) - 0.107993) < 1e-6)
    #expect(value(contour, "equation_7_error") > 0.006)
  }

  @Test func `effective weights reverse or enhance`() throws {
    let outcome = try outcome(
      spec(
        #"{"name": "effectiveWeight", "reach": 1, "points": 3}"#,
        #"{"name": "shakeout", "drop": 0.5, "c": 0.2}"#))
    #expect(outcome.series[0].points.map(\.y) == [0.2, 0, -0.2, -2.2, 0, 2.2])
  }

  @Test func `a plan says what a formula takes, and weights there are none`() throws {
    let spec = try spec(#"{"name": "shiftRatio"}"#, #"{"name": "dropActivation"}"#)
    #expect(CostModel.operations(spec) == 0)
    #expect(CellFootprint(spec)?.parameters == 0)
    #expect(try CellExample.task(spec).weights.isEmpty)
  }
}
