import TestSupport
import Testing

@testable import Engine
@testable import Model

@Suite struct PoolingLayerTests {
  struct Case {
    var kind: PoolingSpec.Kind
    var window: Int
    var stride: Int
    var rounding: PoolingSpec.Rounding
    var height: Int
    var width: Int
    var channels: Int
    /// Whether a ReLU follows, which a maximum takes along.
    var relu = false
  }

  static let grid: [Case] = {
    var cases: [Case] = []
    for kind in PoolingSpec.Kind.allCases {
      for rounding in PoolingSpec.Rounding.allCases {
        for (window, stride) in [(2, 2), (3, 2), (2, 1), (3, 3), (2, 3), (4, 2), (1, 2)] {
          for (height, width, channels) in [(6, 6, 20), (7, 5, 3), (8, 9, 8)] {
            for relu in [false, true] {
              cases.append(
                Case(
                  kind: kind, window: window, stride: stride, rounding: rounding, height: height,
                  width: width, channels: channels, relu: relu))
            }
          }
        }
      }
    }
    return cases
  }()

  /// A 1×1 convolution in front makes the pooling's input gradient visible.
  @Test(arguments: grid)
  func `agrees with the reference`(_ item: Case) throws {
    let input = FeatureShape(height: item.height, width: item.width, channels: item.channels)
    let spec = PoolingSpec(
      item.kind, window: item.window, stride: item.stride, rounding: item.rounding)
    let harness = try LayerHarness(
      [
        NamedLayer("conv", .convolution(ConvolutionSpec(outputs: item.channels, kernel: 1))),
        NamedLayer("pool", .pooling(spec)),
      ] + (item.relu ? [.relu("relu")] : []), input: input, count: 2)
    setIdentity(harness, item.channels)
    let output = try LayerSpec.pooling(spec).spec.outputShape(of: input, name: "pool")
    // Ties on purpose: few different values.
    let x = ReferenceMaps(
      count: 2, height: item.height, width: item.width, channels: item.channels,
      values: exactNumbers(2 * input.count, "x").map { ($0 * 4).rounded() / 4 })
    let reference = PoolingReference(
      isMaximum: item.kind == .max, window: item.window, stride: item.stride,
      outputSize: (output.height, output.width))
    let expected = reference.forward(x)
    let activated = expected.values.map { item.relu ? max($0, 0) : $0 }
    #expect(Agreement.error(harness.forward(x.values), activated) < 1e-5)

    let numbers = ReferenceMaps(
      count: 2, height: output.height, width: output.width, channels: item.channels,
      values: exactNumbers(expected.values.count, "delta"))
    harness.backward(numbers.values)
    var delta = numbers
    for index in delta.values.indices where item.relu && expected.values[index] <= 0 {
      delta.values[index] = 0
    }
    let gradient = reference.backward(x, delta)
    let conv = ConvolutionReference(
      filters: ReferenceMaps(
        count: item.channels, height: 1, width: 1, channels: item.channels,
        values: harness.values("conv.weight")), bias: harness.values("conv.bias"))
    let lower = conv.backward(x, gradient)
    #expect(Agreement.error(harness.gradient("conv.weight"), lower.filters.values) < 1e-4)
    #expect(Agreement.error(harness.gradient("conv.bias"), lower.bias) < 1e-4)
  }

  private func setIdentity(_ harness: LayerHarness, _ channels: Int) {
    for parameter in harness.network.parameters {
      parameter.values.update(repeating: 0)
      guard parameter.spec.role == .weight else { continue }
      for channel in 0..<channels { parameter.values[channel * channels + channel] = 1 }
    }
  }
}
