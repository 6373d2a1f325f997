import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct ReshapeLayerTests {
  private let map = FeatureShape(height: 2, width: 3, channels: 4)

  @Test(arguments: [0, 5])
  func `numbers keep their order in both directions`(gap: Int) {
    let layer = StandaloneLayer(
      input: FeatureShape(vector: 24), output: map, capacity: 3, gap: gap
    ) { _, ports, _ in CompiledLayer.reshape(ports) }
    let x = ReferenceMaps(
      count: 3, height: 1, width: 1, channels: 24, values: exactNumbers(72, "x"))
    let delta = ReferenceMaps(
      count: 3, height: 2, width: 3, channels: 4, values: exactNumbers(72, "delta"))
    #expect(layer.forward(x).map(Double.init) == x.values)
    #expect(layer.backward(delta).map(Double.init) == delta.values)
    #expect(layer.leavesGapsAlone())
  }

  @Test func `a view costs nothing`() throws {
    let context = LayerContext(
      arena: Arena(), lanes: LanePlan(capacity: 2), root: RandomRoot(seed: 1, trial: 1))
    let vector = context.maps(FeatureShape(vector: 24))
    let view = try #require(vector.reshaped(to: map))
    #expect(view.sampleStride == 24)
    let layer = CompiledLayer.reshape(
      LayerPorts(
        input: vector, output: view, inputGradient: vector, outputGradient: view))
    #expect(layer.forward.isEmpty)
    #expect(layer.backward.isEmpty)
  }

  @Test func `a slice has no view`() {
    let context = LayerContext(
      arena: Arena(), lanes: LanePlan(capacity: 2), root: RandomRoot(seed: 1, trial: 1))
    var vector = context.maps(FeatureShape(vector: 24))
    #expect(vector.reshaped(to: FeatureShape(vector: 25)) == nil)
    vector.stride = 30
    #expect(vector.reshaped(to: map) == nil)
  }
}
