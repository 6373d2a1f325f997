import Testing

@testable import Model

@Suite struct BatchNormalizationSpecTests {
  private let input = FeatureShape(height: 4, width: 4, channels: 5)

  @Test func `gain, shift and statistics can be told apart`() {
    let layer = LayerSpec.batchNormalization(BatchNormalizationSpec())
    let parameters = layer.spec.parameters(input: input, name: "bn")
    #expect(parameters.map(\.name) == ["bn.weight", "bn.bias"])
    #expect(parameters.map(\.role) == [.gain, .shift])
    #expect(parameters.allSatisfy { $0.shape == [5] })
    let statistics = layer.spec.statistics(input: input, name: "bn")
    #expect(statistics.map(\.name) == ["bn.running_mean", "bn.running_var"])
    #expect(statistics.map(\.start) == [0, 1])
  }

  @Test func `gain and shift can both be left out`() {
    let spec = BatchNormalizationSpec(hasGain: false, hasShift: false)
    let layer = LayerSpec.batchNormalization(spec)
    #expect(layer.spec.parameters(input: input, name: "bn").isEmpty)
    #expect(layer.spec.statistics(input: input, name: "bn").count == 2)
  }
}
