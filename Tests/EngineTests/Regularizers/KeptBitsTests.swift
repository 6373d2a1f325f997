import TestSupport
import Testing

@testable import Engine
@testable import Model

@Suite struct KeptBitsTests {
  @Test func `a probability is drawn with as many bits as it needs`() {
    #expect(KeptBits.digits(of: 0).count == 0)
    #expect(KeptBits.digits(of: 1).count == 0)
    #expect(KeptBits.digits(of: 0.5).count == 1)
    #expect(KeptBits.digits(of: 0.75).count == 2)
    #expect(KeptBits.digits(of: 0.95).count == 12)
  }

  @Test(arguments: [1e-3, 0.05, 0.1, 0.3, 0.7, 0.9, 0.999])
  func `a drawn probability is right to a thousandth`(probability: Double) {
    let (digits, count) = KeptBits.digits(of: probability)
    let drawn = Double(digits) / Double(1 << count)
    #expect(abs(drawn - probability) <= min(probability, 1 - probability) / 1000)
  }

  @Test(arguments: [0.05, 0.3, 0.5, 0.95])
  func `units are kept as often as the probability says`(keep: Double) {
    let context = LayerContext(
      arena: Arena(), lanes: LanePlan(capacity: 8), root: RandomRoot(seed: 1, trial: 1))
    let bits = KeptBits(
      keep: keep, units: 4000, stream: context.root.stream(.mask, "x"), context: context)
    var kept = 0
    for step in 0..<20 {
      bits.draw(step: UInt64(step), samples: 0..<8)
      for sample in 0..<8 {
        for unit in stride(from: 0, to: 4000, by: 8) {
          let dropped = KeptBits.dropped(bits.row(sample), unit)
          kept += (0..<8).count { !dropped[$0] }
        }
      }
    }
    // Four standard deviations of the mean of 640,000 draws, and the resolution.
    let bound = 4 * (keep * (1 - keep) / 640_000).squareRoot() + min(keep, 1 - keep) / 1000
    #expect(abs(Double(kept) / 640_000 - keep) < bound)
  }
}
