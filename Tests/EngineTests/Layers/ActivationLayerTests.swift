import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct ActivationLayerTests {
  static let functions: [(ActivationSpec, ActivationReference)] = [
    (ActivationSpec(.relu), .relu), (ActivationSpec(.sigmoid), .sigmoid),
    (ActivationSpec(.tanh), .tanh),
    (ActivationSpec(.leakyRelu, slope: 0.2), .leakyRelu(slope: 0.2)),
    (ActivationSpec(.leakyRelu, slope: -0.5), .leakyRelu(slope: -0.5)),
    (ActivationSpec(.leakyRelu, slope: 0), .leakyRelu(slope: 0)),
  ]

  @Test(arguments: functions.indices, [0, 3])
  func `agrees with the reference`(_ index: Int, gap: Int) {
    let (spec, reference) = Self.functions[index]
    let shape = FeatureShape(height: 3, width: 2, channels: 11)
    let layer = StandaloneLayer(input: shape, output: shape, capacity: 5, gap: gap) {
      _, ports, _ in CompiledLayer.activation(spec, ports)
    }
    let x = ReferenceMaps(
      count: 5, height: 3, width: 2, channels: 11,
      values: exactNumbers(5 * shape.count, "x").map { 6 * $0 })
    let delta = ReferenceMaps(
      count: 5, height: 3, width: 2, channels: 11, values: exactNumbers(5 * shape.count, "delta"))
    #expect(Agreement.error(layer.forward(x), x.values.map(reference.value)) < 1e-6)
    let expected = zip(x.values, delta.values).map { $1 * reference.derivative($0) }
    #expect(Agreement.error(layer.backward(delta), expected) < 1e-5)
    #expect(layer.leavesGapsAlone())
  }

  @Test(arguments: functions.indices)
  func `the references' derivatives are those of their values`(_ index: Int) {
    let reference = Self.functions[index].1
    let x = TestNumbers.distinct(20, "x", gap: 0.3)
    let outcome = GradientChecker().check(at: x, analytic: x.map(reference.derivative)) {
      $0.reduce(0) { $0 + reference.value($1) }
    }
    #expect(outcome.isClean, "\(outcome.mismatches)")
  }
}
