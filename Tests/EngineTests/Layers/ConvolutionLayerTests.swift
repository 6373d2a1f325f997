import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct ConvolutionLayerTests {
  struct Case: CustomTestStringConvertible {
    var height: Int
    var width: Int
    var channels: Int
    var outputs: Int
    var kernel: Int
    var stride: Int
    var padding: Int
    var testDescription: String {
      "\(channels)×\(height)×\(width) → \(outputs), \(kernel)×\(kernel)/\(stride) pad \(padding)"
    }
  }

  static let grid: [Case] = {
    var cases: [Case] = []
    for (kernel, stride, padding) in [
      (1, 1, 0), (1, 2, 0), (2, 1, 0), (2, 2, 1), (3, 1, 1), (3, 2, 1), (3, 1, 0), (3, 3, 2),
      (5, 1, 0), (5, 2, 2), (5, 4, 2), (5, 1, 4),
    ] {
      for (channels, outputs) in [(1, 20), (3, 8), (5, 7), (16, 33), (20, 50)] {
        cases.append(
          Case(
            height: 7, width: 9, channels: channels, outputs: outputs, kernel: kernel,
            stride: stride, padding: padding))
      }
    }
    for (kernel, padding) in [(5, 2), (4, 1), (6, 2)] {
      for (channels, outputs) in [(1, 20), (5, 7), (32, 33)] {
        cases.append(
          Case(
            height: 16, width: 14, channels: channels, outputs: outputs, kernel: kernel, stride: 2,
            padding: padding))
      }
    }
    cases.append(
      Case(height: 5, width: 5, channels: 3, outputs: 4, kernel: 5, stride: 1, padding: 0))
    cases.append(
      Case(height: 1, width: 6, channels: 2, outputs: 40, kernel: 1, stride: 1, padding: 0))
    return cases
  }()

  /// Two convolutions, so that the second one's data gradient is what the first one's parameters
  /// are learned from: a 1×1 convolution in front keeps the input's gradient visible.
  @Test(arguments: grid, ConvolutionAlgorithm.allCases)
  func `agrees with the reference`(_ item: Case, _ algorithm: ConvolutionAlgorithm) throws {
    let count = 3
    let input = FeatureShape(height: item.height, width: item.width, channels: item.channels)
    let layers = [
      NamedLayer("first", .convolution(ConvolutionSpec(outputs: item.channels, kernel: 1))),
      NamedLayer(
        "second",
        .convolution(
          ConvolutionSpec(
            outputs: item.outputs, kernel: item.kernel, stride: item.stride,
            padding: item.padding))),
    ]
    let harness = try LayerHarness(
      layers, input: input, count: count, convolution: algorithm)
    let x = ReferenceMaps(
      count: count, height: input.height, width: input.width, channels: input.channels,
      values: exactNumbers(count * input.count, "x"))
    let first = ConvolutionReference(
      filters: filters(harness, "first", item.channels, 1, item.channels),
      bias: harness.values("first.bias"))
    let second = ConvolutionReference(
      filters: filters(harness, "second", item.outputs, item.kernel, item.channels),
      bias: harness.values("second.bias"), stride: item.stride, padding: item.padding)

    // Winograd's rounding is that of a tile's largest number, not of each output's own; every other
    // way of computing is held to each number by itself.
    let spec = ConvolutionSpec(
      outputs: item.outputs, kernel: item.kernel, stride: item.stride, padding: item.padding)
    let phases = MapPhases(
      spec, input: input, output: try spec.outputShape(of: input, name: "second"), algorithm)
    let isWinograd =
      phases != nil || algorithm == .winograd && WinogradRule.computes(spec)
      || algorithm == .automatic && WinogradRule.fits(spec, input: input)
    let error = isWinograd ? Agreement.errorOfLargest : { Agreement.error($0, $1) }
    let middle = first.forward(x)
    let expected = second.forward(middle)
    #expect(error(harness.forward(x.values), expected.values) < 1e-4)

    let delta = ReferenceMaps(
      count: count, height: expected.height, width: expected.width, channels: expected.channels,
      values: exactNumbers(expected.values.count, "delta"))
    harness.backward(delta.values)
    let upper = second.backward(middle, delta)
    let lower = first.backward(x, upper.input)
    #expect(error(harness.gradient("second.weight"), upper.filters.values) < 1e-4)
    #expect(error(harness.gradient("second.bias"), upper.bias) < 1e-4)
    #expect(error(harness.gradient("first.weight"), lower.filters.values) < 1e-4)
    #expect(error(harness.gradient("first.bias"), lower.bias) < 1e-4)
  }

  @Test(arguments: ConvolutionAlgorithm.allCases)
  func `a fused relu is the relu of the reference`(_ algorithm: ConvolutionAlgorithm) throws {
    let input = FeatureShape(height: 6, width: 6, channels: 3)
    let harness = try LayerHarness(
      [
        NamedLayer(
          "conv", .convolution(ConvolutionSpec(outputs: 9, kernel: 3, padding: 1, hasBias: false))),
        NamedLayer("relu", .activation(ActivationSpec(.relu))),
      ], input: input, count: 2, convolution: algorithm)
    let x = ReferenceMaps(
      count: 2, height: 6, width: 6, channels: 3, values: exactNumbers(216, "x"))
    let reference = ConvolutionReference(
      filters: filters(harness, "conv", 9, 3, 3), bias: Array(repeating: 0, count: 9), padding: 1)
    let u = reference.forward(x)
    #expect(Agreement.error(harness.forward(x.values), u.values.map { max($0, 0) }) < 1e-4)
    var delta = u
    let numbers = exactNumbers(u.values.count, "delta")
    for index in delta.values.indices {
      delta.values[index] = u.values[index] > 0 ? numbers[index] : 0
    }
    harness.backward(numbers)
    let expected = reference.backward(x, delta)
    #expect(Agreement.error(harness.gradient("conv.weight"), expected.filters.values) < 1e-4)
  }

  /// Each group is a convolution of its own channels.
  @Test(arguments: [(1, 1, 0), (3, 1, 1), (3, 2, 1)])
  func `groups are convolutions of their channels`(_ kernel: Int, _ stride: Int, _ padding: Int)
    throws
  {
    let (count, groups, inputs, outputs) = (3, 3, 2, 5)
    let harness = try LayerHarness(
      [
        NamedLayer(
          "conv",
          .convolution(
            ConvolutionSpec(
              outputs: groups * outputs, kernel: kernel, stride: stride, padding: padding,
              groups: groups)))
      ], input: FeatureShape(height: 6, width: 5, channels: groups * inputs), count: count)
    let x = exactNumbers(count * 30 * groups * inputs, "x")
    let output = harness.forward(x).map(Double.init)
    let delta = exactNumbers(output.count, "delta")
    harness.backward(delta)
    let size = outputs * kernel * kernel * inputs
    func channels(_ values: [Double], _ group: Int, _ channels: Int) -> [Double] {
      values.indices.filter { $0 % (groups * channels) / channels == group }.map { values[$0] }
    }
    for group in 0..<groups {
      let weights = Array(harness.values("conv.weight")[group * size..<(group + 1) * size])
      let reference = ConvolutionReference(
        filters: ReferenceMaps(
          count: outputs, height: kernel, width: kernel, channels: inputs, values: weights),
        bias: Array(harness.values("conv.bias")[group * outputs..<(group + 1) * outputs]),
        stride: stride, padding: padding)
      let own = ReferenceMaps(
        count: count, height: 6, width: 5, channels: inputs, values: channels(x, group, inputs))
      var expected = reference.forward(own)
      #expect(Agreement.error(channels(output, group, outputs), expected.values) < 1e-4)
      expected.values = channels(delta, group, outputs)
      let gradients = reference.backward(own, expected)
      let learned = Array(harness.gradient("conv.weight")[group * size..<(group + 1) * size])
      #expect(Agreement.error(learned, gradients.filters.values) < 1e-4)
    }
  }

  private func filters(
    _ harness: LayerHarness, _ name: String, _ outputs: Int, _ kernel: Int, _ channels: Int
  ) -> ReferenceMaps {
    ReferenceMaps(
      count: outputs, height: kernel, width: kernel, channels: channels,
      values: harness.values("\(name).weight"))
  }
}
