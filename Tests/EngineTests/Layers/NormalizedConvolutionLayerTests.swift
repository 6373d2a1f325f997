import TestSupport
import Testing

@testable import Engine
@testable import Model

/// Convolutions that normalize what they read, against networks in which normalization is a layer of
/// its own (those that unfold).
@Suite struct NormalizedConvolutionLayerTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var channels = 8
    var input = FeatureShape(height: 8, width: 9, channels: 3)
    var layers: [NamedLayer]
    var regularizers: [any Regularizer] = []
  }

  private static func normalized(
    _ name: String, _ outputs: Int, kernel: Int = 3, stride: Int = 1, relu: Bool = true,
    bias: Bool = false
  ) -> [NamedLayer] {
    [.batchNormalization("\(name).bn")] + (relu ? [.relu("\(name).relu")] : []) + [
      .convolution(
        "\(name).conv", outputs, kernel: kernel, stride: stride, padding: kernel / 2, bias: bias)
    ]
  }

  private static func residual(
    _ name: String, _ body: [NamedLayer], _ shortcut: [NamedLayer] = []
  ) -> NamedLayer {
    NamedLayer(name, .residual(ResidualSpec(body: body, shortcut: shortcut)))
  }

  private static func growing(_ name: String, _ outputs: Int) -> NamedLayer {
    NamedLayer(
      name,
      .concatenation(
        ConcatenationSpec(
          body: normalized("\(name).a", 20, kernel: 1) + normalized("\(name).b", outputs))))
  }

  static let cases: [Case] = {
    let ending = [NamedLayer("end.s", .activation(ActivationSpec(.tanh)))]
    return [
      Case(
        testDescription: "a chain of kernels",
        layers: normalized("a", 5) + normalized("b", 7, kernel: 1) + normalized("c", 6, stride: 2)
          + normalized("d", 3, kernel: 1, stride: 2, relu: false)),
      Case(
        testDescription: "enough channels for Winograd",
        channels: 16, layers: normalized("a", 32) + normalized("b", 20, relu: false)),
      Case(
        testDescription: "biases and ReLUs in front of normalizations",
        channels: 16,
        layers: normalized("a", 16, bias: true) + [.relu("r")]
          + normalized("b", 9, kernel: 1, bias: true)
          + [.relu("q")] + normalized("c", 4, bias: true)),
      Case(
        testDescription: "a step of 2 by phases", channels: 32,
        input: FeatureShape(height: 16, width: 12, channels: 3),
        layers: [.batchNormalization("a.bn"), .relu("a.relu")] + [
          .convolution("a.conv", 24, kernel: 5, stride: 2, padding: 2, bias: false)
        ] + normalized("b", 4)),
      Case(
        testDescription: "identities",
        layers: [
          residual(
            "r", normalized("a", 4, kernel: 1) + normalized("b", 4) + normalized("c", 8, kernel: 1)),
          residual("q", normalized("d", 8) + normalized("e", 8)),
          residual("p", normalized("f", 8)),
        ] + normalized("g", 3)),
      Case(
        testDescription: "projections",
        layers: [
          residual(
            "r", normalized("a", 6, stride: 2) + normalized("b", 12),
            [.convolution("r.p", 12, kernel: 1, stride: 2, bias: false)]),
          residual(
            "q", normalized("c", 6) + normalized("d", 6), normalized("q.p", 6, kernel: 1)),
        ] + normalized("e", 3)),
      Case(
        testDescription: "concatenations",
        layers: [growing("g", 3), growing("h", 5), growing("i", 12)]
          + normalized("t", 10, kernel: 1)
          + [
            NamedLayer("pool", .pooling(PoolingSpec(.average, window: 2, stride: 2))),
            growing("j", 4),
          ]
          + [.batchNormalization("last"), .relu("last.relu")]),
      Case(
        testDescription: "a normalization of its own among readers of one buffer",
        layers: [
          growing("g", 3),
          NamedLayer(
            "h",
            .concatenation(
              ConcatenationSpec(
                body: [.batchNormalization("h.bn")] + ending + [
                  .convolution("h.conv", 5, kernel: 3, padding: 1, bias: false)
                ]))),
          growing("i", 2),
        ] + normalized("t", 4)),
      Case(
        testDescription: "sums in sums",
        layers: [
          residual(
            "r", normalized("a", 8) + [residual("q", normalized("b", 8) + normalized("c", 8))])
        ] + normalized("d", 3)),
      Case(
        testDescription: "Drop-Activation, also of channels that fill no whole vector",
        layers: normalized("a", 12) + normalized("b", 6, kernel: 1) + normalized("c", 5, stride: 2)
          + normalized("d", 3, relu: false),
        regularizers: [DropActivation(keep: 0.7)]),
      Case(
        testDescription: "Drop-Activation and Winograd",
        channels: 16, layers: normalized("a", 32) + normalized("b", 20),
        regularizers: [DropActivation(keep: 0.95)]),
      Case(
        testDescription: "Dropout behind ReLUs and Drop-Activation",
        channels: 16,
        layers: normalized("a", 24) + normalized("b", 16, kernel: 1) + normalized("c", 4),
        regularizers: [
          Dropout(drop: 0.3, sites: Sites(["a.conv.input", "b.conv.input", "c.conv.input"])),
          DropActivation(sites: Sites(["b.relu"])),
        ]),
      Case(
        testDescription: "RReLU, also of channels that fill no whole vector",
        channels: 16,
        layers: normalized("a", 32) + normalized("b", 6, kernel: 1) + normalized("c", 5, stride: 2)
          + normalized("d", 3, relu: false),
        regularizers: [RReLU()]),
      Case(
        testDescription: "Gaussian dropout behind ReLUs and RReLU",
        channels: 16,
        layers: normalized("a", 24) + normalized("b", 16, kernel: 1) + normalized("c", 4),
        regularizers: [
          GaussianDropout(
            drop: 0.3, sites: Sites(["a.conv.input", "b.conv.input", "c.conv.input"])),
          RReLU(sites: Sites(["b.relu"])),
        ]),
    ].map { item in
      var item = item
      item.layers =
        [.convolution("stem", item.channels, kernel: 3, padding: 1, bias: false)] + item.layers
      return item
    }
  }()

  private func pass(
    _ item: Case, _ algorithm: ConvolutionAlgorithm, training: Bool = true, threads: Int = 1
  ) throws -> [[Float]] {
    let spec = try NetworkSpec(name: "test", input: item.input, layers: item.layers)
      .attaching(item.regularizers)
    let harness = try LayerHarness(
      spec.layers, input: item.input, count: 5, capacity: 11, threads: threads,
      convolution: algorithm)
    // Two batches, so that nothing of the first is left in the second.
    for round in 0..<2 {
      let output = harness.forward(
        exactNumbers(5 * item.input.count, "x\(round)"), step: training ? UInt64(round) : nil)
      harness.backward(exactNumbers(output.count, "delta\(round)"))
      guard round == 1 else { continue }
      return [output] + harness.network.parameters.map { Array($0.gradient) }
        + harness.network.statistics.map { Array($0.values) }
    }
    return []
  }

  @Test(arguments: cases, [ConvolutionAlgorithm.automatic, .direct, .winograd, .smallMap])
  func `agrees with layers of their own`(_ item: Case, _ algorithm: ConvolutionAlgorithm) throws {
    for training in [true, false] {
      let expected = try pass(item, .im2col, training: training)
      let joined = try pass(item, algorithm, training: training)
      #expect(joined.count == expected.count)
      for (index, (a, b)) in zip(joined, expected).enumerated() {
        #expect(Agreement.errorOfLargest(a, b.map(Double.init)) < 1e-4, "array \(index)")
      }
    }
  }

  @Test(arguments: cases)
  func `bits do not depend on threads`(_ item: Case) throws {
    let one = try pass(item, .automatic)
    for threads in [2, 3] { #expect(try pass(item, .automatic, threads: threads) == one) }
  }
}
