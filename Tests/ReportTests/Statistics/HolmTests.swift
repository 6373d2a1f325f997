import Report
import Study
import Testing

@Suite struct HolmTests {
  @Test func `steps down in the order of size`() {
    let adjusted = Statistics.holm([0.01, 0.04, 0.03, 0.005], of: 4)
    for (value, expected) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) {
      #expect(abs(value - expected) < 1e-15)
    }
  }

  @Test func `never above one`() {
    #expect(Statistics.holm([0.8, 0.6], of: 2) == [1, 1])
    #expect(Statistics.holm([0.2], of: 1) == [0.2])
    #expect(Statistics.holm([], of: 0) == [])
  }

  @Test func `tests without a value count in the family`() {
    #expect(Statistics.holm([0.01, 0.02], of: 4) == [0.04, 0.06])
  }
}
