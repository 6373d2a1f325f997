import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct BranchFactorsTests {
  private func layer(
    _ drop: Double, shared: Bool, units: Int, capacity: Int
  ) -> StandaloneLayer {
    StandaloneLayer(inputs: units, outputs: units, capacity: capacity) {
      unitNoise(
        .branchDrop(drop: drop, sharedByBatch: shared), $1,
        stream: $2.root.stream(.mask, "block1.branch"), context: $2)
    }
  }

  @Test(arguments: [true, false])
  func `a branch is there as a whole or not at all, and evaluation is the mean`(shared: Bool) {
    let (samples, units, steps) = (10, 7, 2000)
    let layer = layer(0.3, shared: shared, units: units, capacity: samples)
    let x = TestNumbers.matrix(samples, units, "x")
    let plain = x.values.map(Float.init)
    var survivors = 0
    var sawDifferentFates = false
    for step in 0..<steps {
      let y = layer.forward(x, step: UInt64(step))
      let fates = (0..<samples).map { sample in
        let row = sample * units..<(sample + 1) * units
        let isThere = Array(y[row]) == Array(plain[row])
        #expect(isThere || y[row].allSatisfy { $0 == 0 })
        return isThere
      }
      survivors += fates.count { $0 }
      if Set(fates).count == 2 { sawDifferentFates = true }
      #expect(layer.backward(x) == y)
    }
    #expect(sawDifferentFates == !shared)
    let draws = Double(shared ? steps : steps * samples)
    let rate = Double(survivors) / Double(steps * samples)
    #expect(abs(rate - 0.7) < 5 * (0.21 / draws).squareRoot())
    #expect(Agreement.error(layer.forward(x, step: nil), x.values.map { 0.7 * $0 }) < 1e-6)
    #expect(Agreement.error(layer.backward(x), x.values.map { 0.7 * $0 }) < 1e-6)
  }
}
