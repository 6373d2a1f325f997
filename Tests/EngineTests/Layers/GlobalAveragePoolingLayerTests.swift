import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct GlobalAveragePoolingLayerTests {
  @Test(arguments: [(8, 8, 20, 0), (1, 1, 5, 2), (7, 3, 16, 4), (12, 11, 3, 0)])
  func `the mean and its gradient are those of the definition`(
    height: Int, width: Int, channels: Int, gap: Int
  ) {
    let shape = FeatureShape(height: height, width: width, channels: channels)
    let x = ReferenceMaps(
      count: 3, height: height, width: width, channels: channels,
      values: exactNumbers(3 * shape.count, "x"))
    let delta = ReferenceMaps(
      count: 3, height: 1, width: 1, channels: channels, values: exactNumbers(3 * channels, "d"))
    for accumulates in [false, true] {
      let layer = StandaloneLayer(
        input: shape, output: FeatureShape(vector: channels), capacity: 3, gap: gap,
        accumulates: accumulates
      ) { _, ports, _ in CompiledLayer.globalAveragePooling(ports) }
      var mean = [Double](repeating: 0, count: 3 * channels)
      var gradient = x.values
      for index in x.values.indices {
        let place = index / shape.count * channels + index % channels
        mean[place] += x.values[index] / Double(shape.positions)
        gradient[index] = delta.values[place] / Double(shape.positions) + (accumulates ? 0.25 : 0)
      }
      #expect(Agreement.error(layer.forward(x), mean) < 1e-6)
      #expect(
        Agreement.error(layer.backward(delta, before: accumulates ? 0.25 : 1e9), gradient) < 1e-6)
      #expect(layer.leavesGapsAlone())
    }
  }
}
