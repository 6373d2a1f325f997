import TestSupport
import Testing

@testable import Engine

@Suite struct PruningCurveTests {
  @Test func `the smallest weights go first, and come back`() {
    let values: [Float] = [0.5, -0.1, 2, -3, 0.1, 0, 1, -0.2, 0.3, 4]
    let owner = OwnedParameter("w", values)
    var seen: [[Float]] = []
    let curve = PruningCurve(of: owner.parameter, fractions: [0, 0.25, 0.5, 1]) {
      seen.append(owner.values)
      return owner.values.reduce(0) { $0 + Double(abs($1)) }
    }
    #expect(owner.values == values)
    #expect(seen[1] == [0.5, 0, 2, -3, 0.1, 0, 1, -0.2, 0.3, 4])
    #expect(seen[2] == [0.5, 0, 2, -3, 0, 0, 1, 0, 0, 4])
    #expect(curve.points.map(\.fraction) == [0, 0.25, 0.5, 1])
    #expect(curve.points[0].relativeLoss == 0)
    #expect(curve.points[3].relativeLoss == 1)
    #expect(abs(curve.points[2].relativeLoss - 0.7 / 11.2) < 1e-6)
  }

  @Test func `the usual fractions go from nothing to all in steps of two per cent`() {
    #expect(PruningCurve.usualFractions.count == 51)
    #expect(PruningCurve.usualFractions[1] == 0.02 && PruningCurve.usualFractions[50] == 1)
  }

  @Test func `a network without accuracy loses nothing that can be told`() {
    let owner = OwnedParameter("w", [1, 2])
    let curve = PruningCurve(of: owner.parameter, fractions: [0.5]) { 0 }
    #expect(curve.points[0].relativeLoss.isNaN)
  }
}
