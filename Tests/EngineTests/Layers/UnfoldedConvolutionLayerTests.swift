import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct UnfoldedConvolutionLayerTests {
  static let input = FeatureShape(height: 28, width: 28, channels: 1)

  /// Groups, sums in place (a residual body and a concatenation) and slices among them.
  static let layers: [[NamedLayer]] = [
    [
      NamedLayer("first", .convolution(ConvolutionSpec(outputs: 12, kernel: 3, padding: 1))),
      NamedLayer("relu", .activation(ActivationSpec(.relu))),
      NamedLayer(
        "second",
        .convolution(ConvolutionSpec(outputs: 8, kernel: 3, stride: 2, padding: 1, groups: 4))),
    ],
    [
      NamedLayer("first", .convolution(ConvolutionSpec(outputs: 24, kernel: 3, padding: 1))),
      NamedLayer("second", .convolution(ConvolutionSpec(outputs: 3, kernel: 5, padding: 2))),
    ],
    [
      NamedLayer("stem", .convolution(ConvolutionSpec(outputs: 8, kernel: 3, padding: 1))),
      NamedLayer(
        "sum",
        .residual(
          ResidualSpec(body: [
            NamedLayer("body", .convolution(ConvolutionSpec(outputs: 8, kernel: 3, padding: 1)))
          ]))),
      NamedLayer(
        "joined",
        .concatenation(
          ConcatenationSpec(body: [
            NamedLayer("branch", .convolution(ConvolutionSpec(outputs: 4, kernel: 3, padding: 1)))
          ]))),
      NamedLayer("last", .convolution(ConvolutionSpec(outputs: 2, kernel: 3))),
    ],
  ]

  private func pass(
    _ layers: [NamedLayer], _ algorithm: ConvolutionAlgorithm, threads: Int = 1
  ) throws -> [[Float]] {
    let harness = try LayerHarness(
      layers, input: Self.input, count: 5, capacity: 11, threads: threads, convolution: algorithm)
    let output = harness.forward(exactNumbers(5 * Self.input.count, "x"))
    harness.backward(exactNumbers(output.count, "delta"))
    return [output] + harness.network.parameters.map { Array($0.gradient) }
  }

  @Test(arguments: layers)
  func `agrees with the direct kernel`(_ layers: [NamedLayer]) throws {
    let direct = try pass(layers, .direct)
    let unfolded = try pass(layers, .im2col)
    #expect(direct.count == unfolded.count)
    #expect(Agreement.error(unfolded[0], direct[0].map(Double.init)) < 1e-4)
    // Gradients are sums over thousands of positions, some of which cancel.
    for (a, b) in zip(unfolded, direct).dropFirst() {
      #expect(Agreement.errorOfLargest(a, b.map(Double.init)) < 1e-5)
    }
  }

  @Test(arguments: layers)
  func `bits do not depend on threads`(_ layers: [NamedLayer]) throws {
    let one = try pass(layers, .im2col)
    for threads in [2, 3] { #expect(try pass(layers, .im2col, threads: threads) == one) }
  }

  @Test func `lenet learns alike under both`() throws {
    func losses(_ algorithm: ConvolutionAlgorithm) throws -> [Double] {
      let network = try Network(
        .lenet(input: Self.input, classes: 10), capacity: 10, pool: ThreadPool(threads: 1),
        root: RandomRoot(seed: 1, trial: 1), convolution: algorithm, passesInputGradient: false,
        stopwatch: nil)
      network.initialize(.caffeXavier)
      let trainer = ClassificationTrainer(
        network: network, classes: 10, optimizer: .sgd(SGD(style: .caffe, momentum: 0.9)))
      LayerHarness.write(
        TestNumbers.uniform(10 * Self.input.count, "pixels", in: 0...1),
        UnsafeMutableBufferPointer(start: network.input, count: 10 * Self.input.count))
      let labels = (0..<10).map { Int32($0) }
      return labels.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return [] }
        return (0..<30).map {
          trainer.step(
            count: 10, labels: base, update: $0, learningRate: 0.01, moment: TrainingMoment())
        }
      }
    }
    let (direct, unfolded) = (try losses(.direct), try losses(.im2col))
    #expect(direct.count == 30 && unfolded.count == 30)
    for (a, b) in zip(direct, unfolded) { #expect(abs(a - b) < 1e-3) }
  }
}
