import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct SubsamplingLayerTests {
  @Test(arguments: [1, 2, 3])
  func `keeps every n-th row and column and appends zeros`(stride: Int) throws {
    let (height, width, inputs, outputs, count) = (5, 4, 2, 5, 3)
    let harness = try LayerHarness(
      [
        NamedLayer("first", .convolution(ConvolutionSpec(outputs: inputs, kernel: 1))),
        NamedLayer("skip", .subsampling(SubsamplingSpec(stride: stride, outputs: outputs))),
      ], input: FeatureShape(height: height, width: width, channels: inputs), count: count)
    let x = ReferenceMaps(
      count: count, height: height, width: width, channels: inputs,
      values: exactNumbers(count * height * width * inputs, "x"))
    let first = ConvolutionReference(
      filters: ReferenceMaps(
        count: inputs, height: 1, width: 1, channels: inputs,
        values: harness.values("first.weight")),
      bias: harness.values("first.bias"))
    let middle = first.forward(x)
    var gradient = ReferenceMaps(count: count, height: height, width: width, channels: inputs)
    var expected = ReferenceMaps(
      count: count, height: (height - 1) / stride + 1, width: (width - 1) / stride + 1,
      channels: outputs)
    var delta = expected
    delta.values = exactNumbers(expected.values.count, "delta")
    for n in 0..<count {
      for (y, row) in Swift.stride(from: 0, to: height, by: stride).enumerated() {
        for (x, column) in Swift.stride(from: 0, to: width, by: stride).enumerated() {
          for channel in 0..<inputs {
            expected[n, y, x, channel] = middle[n, row, column, channel]
            gradient[n, row, column, channel] = delta[n, y, x, channel]
          }
        }
      }
    }
    #expect(Agreement.error(harness.forward(x.values), expected.values) < 1e-5)
    harness.backward(delta.values)
    let lower = first.backward(x, gradient)
    #expect(Agreement.error(harness.gradient("first.weight"), lower.filters.values) < 1e-4)
    #expect(Agreement.error(harness.gradient("first.bias"), lower.bias) < 1e-4)
  }
}
