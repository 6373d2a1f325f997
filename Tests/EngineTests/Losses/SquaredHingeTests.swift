import TestSupport
import Testing

@testable import Engine

@Suite struct SquaredHingeTests {
  @Test(arguments: [2, 10, 17])
  func `loss and gradient agree with the definition`(classes: Int) {
    let reference = OutputLossReference.squaredHinge
    let z = exactNumbers(9 * classes, "z").map { 3 * $0 }
    let labels = (0..<9).map { $0 * 5 % classes }
    let signs = z.indices.map { labels[$0 / classes] == $0 % classes ? 1.0 : -1.0 }
    let (total, gradient) = measure(
      SquaredHinge(classes: classes, lanes: 4), z.map(Float.init), labels.map(Int32.init),
      count: 9, lanes: 4)
    let expected = zip(z, signs).reduce(0) { $0 + reference.value($1.0, $1.1) }
    #expect(abs(total.lossSum - expected) < 1e-5 * expected)
    let slopes: [Double] = zip(z, signs).map { reference.derivative($0, $1) / 9 }
    #expect(Agreement.error(gradient, slopes) < 1e-6)
    let wrong = labels.indices.filter { sample in
      let row = Array(z[sample * classes..<(sample + 1) * classes])
      return row.firstIndex(of: row.max() ?? 0) != labels[sample]
    }
    #expect(total.errors == wrong.count)
  }

  @Test func `the reference's derivative is that of its loss`() {
    let reference = OutputLossReference.squaredHinge
    let z = TestNumbers.distinct(20, "z", gap: 0.17)
    for sign in [1.0, -1.0] {
      let outcome = GradientChecker().check(
        at: z, analytic: z.map { reference.derivative($0, sign) },
        hasKink: { abs(z[$0] * sign - 1) < 1e-4 }
      ) { $0.reduce(0) { $0 + reference.value($1, sign) } }
      #expect(outcome.isClean, "\(outcome.mismatches)")
    }
  }

  @Test func `what lies beyond the margin costs nothing`() {
    let (total, gradient) = measure(
      SquaredHinge(classes: 3, lanes: 1), [2, -1, -3], [0], count: 1, lanes: 1)
    #expect(total == LossMeasurement(lossSum: 0, errors: 0))
    #expect(gradient.allSatisfy { $0 == 0 })
  }

  @Test func `an output that is no number is an error`() {
    let (total, _) = measure(
      SquaredHinge(classes: 2, lanes: 1), [1, .nan], [0], count: 1, lanes: 1)
    #expect(total.errors == 1)
    #expect(total.lossSum.isNaN)
  }
}
