import Report
import Testing

@Suite struct MeanIntervalTests {
  @Test func `five values at ninety five percent`() throws {
    let interval = try #require(
      MeanInterval(of: [1, 2, 3, 4, 5], confidence: 0.95, firstStage: nil))
    #expect(interval.mean == 3)
    #expect(abs(interval.halfWidth - 2.776_445 * 2.5.squareRoot() / 5.0.squareRoot()) < 1e-5)
    #expect(abs(interval.lower + interval.upper - 6) < 1e-12)
  }

  @Test func `ninety percent is narrower`() throws {
    let interval = try #require(
      MeanInterval(of: [1, 2, 3, 4, 5], confidence: 0.9, firstStage: nil))
    #expect(abs(interval.halfWidth - 2.131_847 * 0.5.squareRoot()) < 1e-5)
  }

  @Test func `one value has none`() {
    #expect(MeanInterval(of: [1], confidence: 0.9, firstStage: nil) == nil)
  }

  @Test func `a trial that diverged does not move the first stage`() {
    let byTrial = [1: 4.0, 3: 5.0, 4: 9.0, 5: 1.0]
    let ours = MeanInterval(of: byTrial, confidence: 0.95, firstStage: 3)
    #expect(ours == MeanInterval(of: [4, 5, 9, 1], confidence: 0.95, firstStage: 2))
    let all = MeanInterval(of: byTrial, confidence: 0.95, firstStage: nil)
    #expect(all == MeanInterval(of: [4, 5, 9, 1], confidence: 0.95, firstStage: nil))
    #expect(all != ours)
  }
}
