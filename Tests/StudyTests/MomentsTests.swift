import Study
import Testing

@Suite struct MomentsTests {
  @Test func `nothing has no mean and one value no deviation`() {
    #expect(Statistics.mean([]) == nil)
    #expect(Statistics.mean([4.5]) == 4.5)
    #expect(Statistics.sampleDeviation([4.5]) == nil)
    #expect(Statistics.standardError([4.5]) == nil)
  }

  @Test func `sample deviation divides by one less`() throws {
    let values: [Double] = [2, 4, 4, 4, 5, 5, 7, 9]
    #expect(Statistics.mean(values) == 5)
    #expect(try #require(Statistics.sampleDeviation(values)) == (32.0 / 7).squareRoot())
  }

  @Test func `large offsets cost no precision`() throws {
    let values = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]
    #expect(Statistics.mean(values) == 1e9 + 10)
    #expect(try #require(Statistics.sampleDeviation(values)) == 30.0.squareRoot())
  }

  @Test func `normal half width is the papers formula`() throws {
    let values: [Double] = [71, 71.5, 70.5]
    let width = try #require(Statistics.normalHalfWidth(values))
    #expect(abs(width - 1.96 * 0.5 / 3.0.squareRoot()) < 1e-15)
  }
}
