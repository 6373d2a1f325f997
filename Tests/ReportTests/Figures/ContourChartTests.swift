import Testing

@testable import Report

@Suite struct ContourChartTests {
  /// x⁴ + y⁴, whose low levels lie far apart and whose high ones close together.
  private var chart: ContourChart {
    let axis = stride(from: -2.0, through: 2, by: 0.05).map { $0 }
    let field = ContourLines(
      xs: axis, ys: axis,
      values: axis.map { y in axis.map { x in x * x * x * x + y * y * y * y } })
    return ContourChart(title: "Bowl", x: "x", y: "y", field: field, levels: field.levels(30))
  }

  @Test func `the numbers on contour lines do not overlap`() throws {
    let labels = chart.svg.split(separator: "<text class=\"note halo\" x=\"").dropFirst()
      .compactMap { text -> (x: Double, y: Double)? in
        let numbers = text.split(separator: "\"")
        guard let x = Double(numbers[0]), let y = Double(numbers[2]) else { return nil }
        return (x, y)
      }
    #expect(labels.count > 10)
    for (index, a) in labels.enumerated() {
      for b in labels[(index + 1)...] {
        #expect(abs(a.x - b.x) > 8 || abs(a.y - b.y) >= 12)
      }
    }
  }

  @Test func `every level is a line`() throws {
    let chart = chart
    let outline = try XMLOutline(chart.svg)
    #expect(outline.isBalanced)
    #expect(chart.svg.ranges(of: "class=\"c0 k\"").count == chart.levels.count)
  }
}
