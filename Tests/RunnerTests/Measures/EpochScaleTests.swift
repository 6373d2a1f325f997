import Testing

@testable import Runner

@Suite struct EpochScaleTests {
  @Test func `epochs end where their updates do`() {
    let scale = EpochScale(updatesPerEpoch: 4, totalUpdates: 10)
    #expect(scale.count == 3)
    let ends = (0...10).compactMap { scale.epoch(endingAfter: $0) }
    #expect(ends == [0, 1, 2])
    #expect(scale.epoch(endingAfter: 10) == 2 && scale.epoch(endingAfter: 9) == nil)
    #expect((0..<3).map { scale.end(of: $0) } == [1, 2, 2.5])
    #expect(scale.x(after: 6) == 1.5)
  }
}
