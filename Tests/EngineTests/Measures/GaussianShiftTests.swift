import TestSupport
import Testing

@testable import Engine
@testable import Model

@Suite struct GaussianShiftTests {
  private func ratio(_ keep: Double, threads: Int = 1, samples: Int = 400_000) throws -> Double {
    let theory = TheorySpec(name: .shiftRatio, samples: samples)
    let network = try Network(
      theory.network.attaching([DropActivation(keep: keep)]), capacity: 64,
      pool: ThreadPool(threads: threads), root: RandomRoot(seed: 1, trial: 1),
      convolution: .automatic, passesInputGradient: false, stopwatch: nil)
    return GaussianShift(network).ratio(samples: samples)
  }

  /// A standard deviation of the ratio is about 0.002 at so many numbers.
  @Test(arguments: [0.05, 0.5, 0.631, 0.8, 0.95])
  func `the engine's layer shifts the variance as equation 15 says`(keep: Double) throws {
    #expect(abs(try ratio(keep) - DropActivation(keep: keep).varianceShift) < 0.008)
  }

  @Test func `without noise nothing shifts`() throws {
    #expect(try ratio(1, samples: 10_000) == 1)
    #expect(try ratio(0, samples: 10_000) == 1)
  }

  @Test func `threads change no bit`() throws {
    #expect(try ratio(0.7, samples: 70_000) == ratio(0.7, threads: 2, samples: 70_000))
  }
}
