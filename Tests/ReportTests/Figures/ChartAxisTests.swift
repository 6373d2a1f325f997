import Study
import Testing

@testable import Report

@Suite struct ChartAxisTests {
  @Test func `the range has room around the data`() {
    let axis = ChartAxis(label: "x").fitted(to: [10, 20, .nan], width: 360)
    #expect(axis.range == 9.5...20.5)
    #expect(axis.place(15) == 0.5)
  }

  @Test func `a value that must be visible may lie on the edge`() {
    let axis = ChartAxis(label: "x", includes: [0]).fitted(to: [4, 10], width: 360)
    #expect(axis.range == 0...10.5)
  }

  @Test func `equal values still have a range`() {
    #expect(ChartAxis(label: "x").fitted(to: [5], width: 360).place(5) == 0.5)
    #expect(ChartAxis(label: "x").fitted(to: [], width: 360).range.contains(0.5))
    let axis = ChartAxis(label: "x", scale: .logarithmic).fitted(to: [7, 7], width: 360)
    #expect(abs(axis.place(7) - 0.5) < 1e-12)
  }

  @Test func `a logarithmic axis leaves out values that are not positive`() {
    let axis = ChartAxis(label: "x", scale: .logarithmic).fitted(to: [0, -1, 1, 100], width: 360)
    #expect(axis.range.lowerBound > 0.5)
    #expect(abs(axis.place(10) - 0.5) < 1e-12)
    #expect(axis.place(0) == 0)
  }

  @Test func `the scale follows the values`() {
    #expect(ChartAxis.scale(for: [1, 100], ratio: 50) == .logarithmic)
    #expect(ChartAxis.scale(for: [1, 40], ratio: 50) == .linear)
    #expect(ChartAxis.scale(for: [0, 1000], ratio: 50) == .linear)
    #expect(ChartAxis.scale(for: [], ratio: 50) == .linear)
  }
}
