import TestSupport
import Testing

@testable import Engine
@testable import Model

/// Convolutions of small maps against those that unfold.
@Suite struct SmallMapConvolutionLayerTests {
  struct Case: CustomTestStringConvertible {
    var side: Int
    var kernel: Int
    var padding: Int
    var testDescription: String { "\(kernel)×\(kernel) on \(side)×\(side), padding \(padding)" }
  }

  static let cases = [
    Case(side: 2, kernel: 3, padding: 1), Case(side: 3, kernel: 3, padding: 1),
    Case(side: 1, kernel: 3, padding: 1), Case(side: 3, kernel: 5, padding: 2),
    Case(side: 2, kernel: 2, padding: 1), Case(side: 3, kernel: 3, padding: 0),
  ]

  private func pass(
    _ item: Case, _ algorithm: ConvolutionAlgorithm, threads: Int = 1
  ) throws -> [[Float]] {
    let input = FeatureShape(height: item.side, width: item.side, channels: 5)
    let harness = try LayerHarness(
      [
        .convolution("stem", 70, kernel: 1), .relu("stem.relu"),
        .convolution("conv", 66, kernel: item.kernel, padding: item.padding), .relu("conv.relu"),
      ], input: input, count: 7, capacity: 11, threads: threads, convolution: algorithm)
    let output = harness.forward(exactNumbers(7 * input.count, "x"))
    harness.backward(exactNumbers(output.count, "delta"))
    return [output] + harness.network.parameters.map { Array($0.gradient) }
  }

  @Test(arguments: cases)
  func `agrees with unfolded convolutions`(_ item: Case) throws {
    let (own, expected) = (try pass(item, .smallMap), try pass(item, .im2col))
    #expect(own.count == 5 && expected.count == 5)
    for (a, b) in zip(own, expected) {
      #expect(Agreement.errorOfLargest(a, b.map(Double.init)) < 1e-5)
    }
  }

  @Test(arguments: cases)
  func `bits do not depend on threads`(_ item: Case) throws {
    let one = try pass(item, .smallMap)
    // Layers one behind the other share the workspace; threads that meet there show only sometimes.
    for threads in [2, 3, 2, 3, 2, 3] {
      #expect(try pass(item, .smallMap, threads: threads) == one)
    }
  }

  @Test func `is chosen where the border is wide`() {
    func fits(_ side: Int, _ channels: Int) -> Bool {
      SmallMapConvolution.fits(
        ConvolutionSpec(outputs: channels, kernel: 3, padding: 1),
        input: FeatureShape(height: side, width: side, channels: channels))
    }
    #expect(fits(2, 512) && fits(3, 64) && !fits(2, 32) && !fits(4, 512))
  }
}
