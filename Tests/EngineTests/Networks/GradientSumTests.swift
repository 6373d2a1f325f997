import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct GradientSumTests {
  @Test func `adds what was kept`() throws {
    let layers = [NamedLayer("fc", .dense(DenseSpec(outputs: 300)))]
    let harness = try LayerHarness(
      layers, input: FeatureShape(vector: 200), count: 4, threads: 2)
    let sum = GradientSum(harness.network)
    func backward(_ name: String) -> [[Float]] {
      _ = harness.forward(TestNumbers.uniform(800, "x \(name)"))
      harness.backward(TestNumbers.uniform(1200, "delta \(name)"))
      return harness.network.parameters.map { Array($0.gradient) }
    }
    let first = backward("first")
    sum.keep()
    let second = backward("second")
    sum.add()
    for (index, parameter) in harness.network.parameters.enumerated() {
      #expect(Array(parameter.gradient) == zip(first[index], second[index]).map { $1 + $0 })
    }
  }
}
