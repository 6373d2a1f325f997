import TestSupport
import Testing

@testable import Engine
@testable import Model

/// Winograd's convolutions against those that unfold.
@Suite struct WinogradConvolutionLayerTests {
  struct Case: CustomTestStringConvertible {
    var side: (height: Int, width: Int)
    var channels: (first: Int, second: Int)
    var capacity = 9
    var kernel = 3
    var padding = 1
    var testDescription: String {
      "\(channels.first) → \(channels.second) on \(side.height)×\(side.width), \(kernel)×\(kernel) "
        + "padded by \(padding), \(capacity) samples"
    }
  }

  /// Whole tiles and tiles that stand out, channels in whole panels and not, maps whose filters
  /// outweigh them (all tiles of the batch at once), several blocks of tiles in a lane.
  static let cases = [
    Case(side: (8, 8), channels: (16, 16)), Case(side: (7, 10), channels: (20, 35)),
    Case(side: (4, 4), channels: (64, 48)), Case(side: (5, 6), channels: (40, 40)),
    Case(side: (33, 34), channels: (16, 24), capacity: 17),
    Case(side: (9, 8), channels: (20, 24), padding: 0),
    Case(side: (6, 7), channels: (9, 17), padding: 2),
    Case(side: (12, 12), channels: (20, 50), capacity: 16, kernel: 5, padding: 0),
    Case(side: (16, 15), channels: (32, 32), kernel: 5, padding: 2),
    Case(side: (8, 9), channels: (64, 48), capacity: 3, kernel: 5, padding: 2),
    Case(side: (5, 6), channels: (7, 40), kernel: 5, padding: 4),
    // Few channels, whose filters stay in registers.
    Case(side: (16, 15), channels: (3, 40), kernel: 5, padding: 2),
    Case(side: (9, 10), channels: (4, 2)), Case(side: (8, 8), channels: (1, 24)),
    // So many numbers that memory is brought near.
    Case(side: (32, 33), channels: (16, 32), capacity: 18),
  ]

  private func pass(
    _ item: Case, _ algorithm: ConvolutionAlgorithm, threads: Int = 1
  ) throws -> [[Float]] {
    let input = FeatureShape(height: item.side.height, width: item.side.width, channels: 3)
    let harness = try LayerHarness(
      [
        // No ReLUs: over so many units, rounding would turn one or the other.
        .convolution("stem", item.channels.first, kernel: 3, padding: 1),
        .convolution(
          "conv", item.channels.second, kernel: item.kernel, padding: item.padding),
        .convolution("last", 16, kernel: 3, padding: 1),
      ], input: input, count: item.capacity - 2, capacity: item.capacity, threads: threads,
      convolution: algorithm)
    let output = harness.forward(exactNumbers(harness.count * input.count, "x"))
    harness.backward(exactNumbers(output.count, "delta"))
    return [output] + harness.network.parameters.map { Array($0.gradient) }
  }

  @Test(arguments: cases)
  func `agrees with unfolded convolutions`(_ item: Case) throws {
    let (own, expected) = (try pass(item, .winograd), try pass(item, .im2col))
    #expect(own.count == 7 && expected.count == 7)
    for (index, (a, b)) in zip(own, expected).enumerated() {
      #expect(Agreement.errorOfLargest(a, b.map(Double.init)) < 1e-4, "array \(index)")
    }
  }

  @Test(arguments: cases)
  func `bits do not depend on threads`(_ item: Case) throws {
    let one = try pass(item, .winograd)
    for threads in [2, 3] { #expect(try pass(item, .winograd, threads: threads) == one) }
  }

  @Test func `is chosen where it saves work`() {
    func fits(
      _ side: Int, _ inputs: Int, _ outputs: Int, kernel: Int = 3, stride: Int = 1,
      padding: Int = 1
    ) -> Bool {
      WinogradRule.fits(
        ConvolutionSpec(outputs: outputs, kernel: kernel, stride: stride, padding: padding),
        input: FeatureShape(height: side, width: side, channels: inputs))
    }
    #expect(fits(32, 64, 64) && fits(8, 256, 256) && fits(4, 512, 512) && fits(32, 16, 16))
    #expect(fits(32, 48, 12))
    #expect(fits(12, 20, 50, kernel: 5, padding: 0) && fits(16, 32, 32, kernel: 5, padding: 2))
    #expect(fits(32, 3, 32, kernel: 5, padding: 2))
    #expect(!fits(28, 1, 20, kernel: 5, padding: 0) && !fits(32, 64, 64, kernel: 7, padding: 3))
    #expect(!fits(32, 3, 16) && !fits(2, 512, 512) && !fits(32, 64, 128, stride: 2))
  }

  /// Training with Winograd's rounding and without goes the same way.
  @Test func `training curves agree`() throws {
    let input = FeatureShape(height: 12, width: 12, channels: 3)
    func losses(_ algorithm: ConvolutionAlgorithm) throws -> [Double] {
      let network = try Network(
        WideResNet(depth: 10, widening: 1).network(input: input, classes: 5), capacity: 10,
        pool: ThreadPool(threads: 2), root: RandomRoot(seed: 1, trial: 1), convolution: algorithm,
        passesInputGradient: false, stopwatch: nil)
      network.initialize(.heFanIn)
      let trainer = ClassificationTrainer(
        network: network, classes: 5, optimizer: .sgd(SGD(style: .nesterov, momentum: 0.9)))
      LayerHarness.write(
        TestNumbers.uniform(10 * input.count, "pixels", in: 0...1),
        UnsafeMutableBufferPointer(start: network.input, count: 10 * input.count))
      let labels = (0..<10).map { Int32($0 % 5) }
      return labels.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return [] }
        return (0..<40).map {
          trainer.step(
            count: 10, labels: base, update: $0, learningRate: 0.02, moment: TrainingMoment())
        }
      }
    }
    let (own, expected) = (try losses(.winograd), try losses(.im2col))
    #expect(own.count == 40)
    #expect((expected.last ?? 1) < (expected.first ?? 0) / 4)
    for (a, b) in zip(own, expected) { #expect(abs(a - b) < 0.02) }
  }
}
