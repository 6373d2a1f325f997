import TestSupport
import Testing

@testable import Engine

@Suite struct GradientClippingTests {
  @Test func `the norm is taken over all parameters`() {
    let (a, b) = (OwnedParameter("a", [0, 0]), OwnedParameter("b", [0]))
    _ = a.parameter.gradient.update(fromContentsOf: [3, 0] as [Float])
    b.parameter.gradient[0] = -4
    let clipping = GradientClipping(limit: 2.5, [a.parameter, b.parameter])
    perform(clipping.stages)
    #expect(clipping.norm == 5)
    #expect(Array(a.parameter.gradient) == [1.5, 0])
    #expect(Array(b.parameter.gradient) == [-2])
  }

  @Test func `gradients within the limit keep their bits`() {
    let a = OwnedParameter("a", [0, 0])
    _ = a.parameter.gradient.update(fromContentsOf: [0.3, 0.4] as [Float])
    let clipping = GradientClipping(limit: 0.6, [a.parameter])
    perform(clipping.stages)
    #expect(clipping.norm < 0.6)
    #expect(Array(a.parameter.gradient) == [0.3, 0.4])
  }

  @Test func `long gradients are summed to their ends`() {
    let numbers = exactNumbers(100_003, "gradient")
    let a = OwnedParameter("a", numbers.map(Float.init))
    _ = a.parameter.gradient.update(fromContentsOf: numbers.map(Float.init))
    let norm = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let clipping = GradientClipping(limit: 1, [a.parameter])
    perform(clipping.stages)
    #expect(abs(clipping.norm - norm) < 1e-5 * norm)
    #expect(Agreement.error(a.parameter.gradient, numbers.map { $0 / norm }) < 1e-6)
  }

  @Test func `a gradient that is no number leaves none`() {
    let a = OwnedParameter("a", [0, 0])
    _ = a.parameter.gradient.update(fromContentsOf: [.nan, 1] as [Float])
    let clipping = GradientClipping(limit: 1, [a.parameter])
    perform(clipping.stages)
    #expect(clipping.norm.isNaN)
    #expect(a.parameter.gradient.allSatisfy { $0.isNaN })
  }
}
