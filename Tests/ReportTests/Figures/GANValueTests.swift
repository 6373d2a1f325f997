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
