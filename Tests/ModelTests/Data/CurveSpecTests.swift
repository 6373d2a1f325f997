import Glibc
import Testing

@testable import Model

@Suite struct CurveSpecTests {
  @Test func `the functions are those of the specification`() {
    let wave = CurveSpec.Target.xSinX
    for x in [0.0, 1, 4.7, 10] { #expect(wave.value(at: x) == x * sin(x)) }
    let steps = CurveSpec.Target.piecewiseConstant
    let points: [(Double, Double)] = [
      (0, 0), (2.49, 0), (2.5, 5), (4.99, 5), (5, -3), (7.49, -3), (7.5, 4), (10, 4),
    ]
    for (x, y) in points { #expect(steps.value(at: x) == y, "\(x)") }
    #expect(CurveSpec.gridPoint(0) == 0 && CurveSpec.gridPoint(CurveSpec.gridPoints - 1) == 10)
  }

  @Test func `outer quarters of the piecewise constant function are half as dense`() {
    let places = (0..<60_000).map {
      CurveSpec.Target.piecewiseConstant.place(of: (Double($0) + 0.5) / 60_000)
    }
    let counts = (0..<4).map { quarter in
      places.count { Int($0 / 2.5) == quarter }
    }
    #expect(counts == [10_000, 20_000, 20_000, 10_000])
    #expect(places == places.sorted())
    #expect(CurveSpec.Target.xSinX.place(of: 0.25) == 2.5)
  }

  @Test func `a data set of points reads back and has a grid to test on`() throws {
    let text = #"{"name": "curve", "curve": {"target": "piecewiseConstant", "points": 7}}"#
    let (spec, problems) = try reading(text) { DatasetSpec(reading: $0) }
    #expect(problems == [])
    #expect(spec.curve == CurveSpec(target: .piecewiseConstant, points: 7, noise: 1))
    #expect(try reading(spec.json.canonicalText) { DatasetSpec(reading: $0) }.value == spec)
    let facts = try #require(DatasetFacts.of(spec))
    #expect((facts.training, facts.test, facts.shape.count) == (7, 1001, 1))
  }

  @Test(arguments: [
    #"{"name": "curve", "validation": 3}"#, #"{"name": "mnist", "curve": {}}"#,
    #"{"name": "curve", "curve": {"target": "sine"}}"#,
    #"{"name": "curve", "curve": {"points": 0}}"#, #"{"name": "curve", "scale": 1}"#,
  ])
  func `what is for images, or no curve, is refused`(text: String) throws {
    #expect(try reading(text) { DatasetSpec(reading: $0) }.problems.count == 1)
  }
}
