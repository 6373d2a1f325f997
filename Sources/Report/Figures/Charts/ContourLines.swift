/// Lines of equal height of values on a grid, by marching squares: cell by cell, the crossings of a
/// level with the cell's four sides are joined.
struct ContourLines {
  /// Columns of the grid, ascending.
  var xs: [Double]
  /// Rows of the grid, ascending.
  var ys: [Double]
  /// A row for each y.
  var values: [[Double]]

  /// A piece of a line.
  typealias Segment = (from: (x: Double, y: Double), to: (x: Double, y: Double))

  /// The pieces of the line at a level. Cells with a value that is not a number have none.
  func segments(at level: Double) -> [Segment] {
    guard xs.count > 1, ys.count > 1 else { return [] }
    var segments: [Segment] = []
    for row in 0..<ys.count - 1 {
      for column in 0..<xs.count - 1 {
        segments += cell(row, column, level)
      }
    }
    return segments
  }

  /// Sides in the order lower, right, upper, left; a saddle is cut in the way that its mean says.
  private func cell(_ row: Int, _ column: Int, _ level: Double) -> [Segment] {
    let corners: [(x: Double, y: Double, value: Double)] = [
      (xs[column], ys[row], values[row][column]),
      (xs[column + 1], ys[row], values[row][column + 1]),
      (xs[column + 1], ys[row + 1], values[row + 1][column + 1]),
      (xs[column], ys[row + 1], values[row + 1][column]),
    ]
    guard corners.allSatisfy({ $0.value.isFinite }) else { return [] }
    var crossings: [(x: Double, y: Double)] = []
    for side in 0..<4 {
      let (a, b) = (corners[side], corners[(side + 1) % 4])
      guard (a.value >= level) != (b.value >= level) else { continue }
      let share = (level - a.value) / (b.value - a.value)
      crossings.append((a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)))
    }
    switch crossings.count {
    case 2: return [(crossings[0], crossings[1])]
    case 4:
      let mean = corners.reduce(0) { $0 + $1.value } / 4
      return (mean >= level) == (corners[0].value >= level)
        ? [(crossings[0], crossings[1]), (crossings[2], crossings[3])]
        : [(crossings[3], crossings[0]), (crossings[1], crossings[2])]
    default: return []
    }
  }

  /// About `count` round levels inside the values. Where these begin at 0, parts of the first level join
  /// them: a flat floor would look empty.
  func levels(_ count: Int) -> [TickMarks.Tick] {
    let finite = values.flatMap(\.self).filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), low < high else { return [] }
    let even = TickMarks.linear(low...high, count: count).ticks.filter {
      $0.value > low && $0.value < high
    }
    guard let first = even.first?.value, abs(low) < 0.01 * first else { return even }
    return TickMarks.at([0.05, 0.1, 0.2, 0.5].map { $0 * first }).ticks + even
  }
}
