import Study
import Testing

@testable import Report

@Suite struct GANValueTests {
  @Test func leastAndLargestInEachWindow() {
    let points = (1...20).map { SeriesPoint(curve: "value", x: Double($0), y: Double($0)) }
    let windows = GANValue.windows(points, width: 10)
    #expect(windows.map(\.x) == [5, 15])
    #expect(windows.map(\.y) == [5.5, 15.5])
    #expect(windows.map(\.interval) == [1...10, 11...20])
  }

  @Test func windowsThatTheRunsThinnedKeepTheirMeans() {
    func points(_ curve: String, _ y: [Double]) -> [SeriesPoint] {
      zip([100, 200], y).map { SeriesPoint(curve: "value.\(curve)", x: $0, y: $1) }
    }
    let one = points("min", [1, 1.2]) + points("max", [3, 1.4]) + points("mean", [1.25, 1.3])
    let two = points("min", [0.5, 1.3]) + points("max", [2, 1.5]) + points("mean", [1.75, 1.4])
    let windows = GANValue.windows(one + two, width: 100)
    #expect(windows.map(\.x) == [50, 150])
    #expect(windows[0].y == 1.5 && windows[0].interval == 0.5...3)
    #expect(windows[1].interval == 1.2...1.5)
  }

  @Test func whatIsNoNumberIsLeftOut() {
    let points = [1.0, .nan, 3].map { SeriesPoint(curve: "value", x: $0.isNaN ? 2 : $0, y: $0) }
    #expect(GANValue.windows(points, width: 10).map(\.interval) == [1...3])
  }

  @Test func theWindowIsThePapersWhereTrainingIsLong() {
    #expect(GANValue.window(20_000) == 500)
    #expect(GANValue.window(400) == 10)
    #expect(GANValue.window(3) == 1)
  }
}
