import Testing

@testable import Report

@Suite struct ContourLinesTests {
  private static let axis = stride(from: -2.0, through: 2, by: 0.1).map { $0 }
  private static let bowl = ContourLines(
    xs: axis, ys: axis, values: axis.map { y in axis.map { x in x * x + y * y } })

  @Test func `the line of a bowl is a circle`() {
    let segments = Self.bowl.segments(at: 1)
    #expect(segments.count > 60)
    for segment in segments {
      for point in [segment.from, segment.to] {
        #expect(abs(point.x * point.x + point.y * point.y - 1) < 0.01)
      }
    }
  }

  @Test func `every contour segment begins where another ends`() {
    let ends = Self.bowl.segments(at: 1.5).flatMap { [$0.from, $0.to] }
      .map { "\(($0.x * 1e6).rounded()) \(($0.y * 1e6).rounded())" }
    let counts = Dictionary(grouping: ends) { $0 }.values.map(\.count)
    #expect(counts.allSatisfy { $0 == 2 })
  }

  @Test func `the area above a level is what lies inside its line`() {
    let areas = Self.bowl.areas(above: 1)
    let sizes = areas.map { corners in
      corners.indices.reduce(0.0) { sum, index in
        let (a, b) = (corners[index], corners[(index + 1) % corners.count])
        return sum + (a.x * b.y - b.x * a.y) / 2
      }
    }
    #expect(sizes.allSatisfy { $0 > -1e-9 })
    // A square of 4 by 4 without a circle of radius 1.
    #expect(abs(sizes.reduce(0, +) - (16 - Double.pi)) < 0.02)
  }

  @Test func `a saddle is cut in two`() {
    let saddle = ContourLines(xs: [0, 1], ys: [0, 1], values: [[1, 0], [0, 1]])
    #expect(saddle.segments(at: 0.4).count == 2)
    #expect(saddle.segments(at: 2).isEmpty)
    let hole = ContourLines(xs: [0, 1], ys: [0, 1], values: [[1, .nan], [0, 1]])
    #expect(hole.segments(at: 0.4).isEmpty)
  }

  @Test func `contour levels are round numbers within the range`() {
    let parts = ["0.05", "0.1", "0.2", "0.5"]
    #expect(Self.bowl.levels(8).map(\.label) == parts + (1...7).map(String.init))
    var raised = Self.bowl
    raised.values = raised.values.map { row in row.map { $0 + 1.5 } }
    #expect(raised.levels(8).map(\.value) == [2, 3, 4, 5, 6, 7, 8, 9])
    #expect(ContourLines(xs: [0, 1], ys: [0, 1], values: [[1, 1], [1, 1]]).levels(8).isEmpty)
  }
}
