import Report
import Testing

@Suite struct MeanIntervalTests {
  @Test func `five values at ninety five percent`() throws {
    let interval = try #require(MeanInterval(of: [1, 2, 3, 4, 5], confidence: 0.95))
    #expect(interval.mean == 3)
    #expect(abs(interval.halfWidth - 2.776_445 * 2.5.squareRoot() / 5.0.squareRoot()) < 1e-5)
    #expect(abs(interval.lower + interval.upper - 6) < 1e-12)
  }

  @Test func `ninety percent is narrower`() throws {
    let interval = try #require(MeanInterval(of: [1, 2, 3, 4, 5], confidence: 0.9))
    #expect(abs(interval.halfWidth - 2.131_847 * 0.5.squareRoot()) < 1e-5)
  }

  @Test func `one value has none`() {
    #expect(MeanInterval(of: [1], confidence: 0.9) == nil)
  }
}
