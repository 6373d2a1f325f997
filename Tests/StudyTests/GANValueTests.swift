import Testing

@testable import Study

@Suite struct GANValueTests {
  private func points(_ curve: String, _ values: [Double: Double]) -> [SeriesPoint] {
    values.keys.sorted().compactMap { x in
      values[x].map { SeriesPoint(curve: "value.\(curve)", x: x, y: $0) }
    }
  }

  @Test func `each window shows its least and largest value`() {
    let windows = GANValue.windows(
      points("min", [500: 1, 1000: 1.1]) + points("max", [500: 9, 1000: 2])
        + points("mean", [500: 1.4, 1000: 1.3]))
    #expect(windows.map(\.x) == [500, 1000])
    #expect(windows.map(\.y) == [1.4, 1.3])
    #expect(windows.map(\.interval) == [1...9, 1.1...2])
  }

  @Test func `runs are joined, and values that are not numbers are left out`() {
    let one = points("min", [10: 1]) + points("max", [10: 3]) + points("mean", [10: 2])
    let other = points("min", [10: 0]) + points("max", [10: 5]) + points("mean", [10: 4])
    let diverged =
      points("min", [20: .nan]) + points("max", [20: .nan]) + points("mean", [20: .nan])
    let windows = GANValue.windows(one + other + diverged)
    #expect(windows.map(\.interval) == [0...5])
    #expect(windows.map(\.y) == [3])
  }
}
