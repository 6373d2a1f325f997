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

  /// The parts of the plane where the value is at least a level, as polygons: neighbouring cells of a row
  /// that lie wholly above are one rectangle.
  func areas(above level: Double) -> [[(x: Double, y: Double)]] {
    guard xs.count > 1, ys.count > 1 else { return [] }
    var areas: [[(x: Double, y: Double)]] = []
    for row in 0..<ys.count - 1 {
      var start: Int?
      func close(_ end: Int) {
        guard let first = start else { return }
        areas.append([
          (xs[first], ys[row]), (xs[end], ys[row]), (xs[end], ys[row + 1]),
          (xs[first], ys[row + 1]),
        ])
        start = nil
      }
      for column in 0..<xs.count - 1 {
        let corners = corners(row, column)
        guard corners.allSatisfy({ $0.value.isFinite }) else {
          close(column)
          continue
        }
        let above = corners.count { $0.value >= level }
        if above == 4 {
          start = start ?? column
          continue
        }
        close(column)
        if above > 0 { areas.append(Self.clipped(corners, above: level)) }
      }
      close(xs.count - 1)
    }
    return areas
  }

  private typealias Corner = (x: Double, y: Double, value: Double)

  /// Counter-clockwise from the lower left.
  private func corners(_ row: Int, _ column: Int) -> [Corner] {
    [
      (xs[column], ys[row], values[row][column]),
      (xs[column + 1], ys[row], values[row][column + 1]),
      (xs[column + 1], ys[row + 1], values[row + 1][column + 1]),
      (xs[column], ys[row + 1], values[row + 1][column]),
    ]
  }

  private static func crossing(_ a: Corner, _ b: Corner, _ level: Double) -> (x: Double, y: Double)
  {
    let share = (level - a.value) / (b.value - a.value)
    return (a.x + share * (b.x - a.x), a.y + share * (b.y - a.y))
  }

  private static func clipped(_ corners: [Corner], above level: Double) -> [(x: Double, y: Double)]
  {
    corners.indices.flatMap { side -> [(x: Double, y: Double)] in
      let (a, b) = (corners[side], corners[(side + 1) % 4])
      let own: [(x: Double, y: Double)] = a.value >= level ? [(a.x, a.y)] : []
      return (a.value >= level) == (b.value >= level) ? own : own + [crossing(a, b, level)]
    }
  }

  /// Sides in the order lower, right, upper, left; a saddle is cut in the way that its mean says.
  private func cell(_ row: Int, _ column: Int, _ level: Double) -> [Segment] {
    let corners = corners(row, column)
    guard corners.allSatisfy({ $0.value.isFinite }) else { return [] }
    var crossings: [(x: Double, y: Double)] = []
    for side in 0..<4 {
      let (a, b) = (corners[side], corners[(side + 1) % 4])
      guard (a.value >= level) != (b.value >= level) else { continue }
      crossings.append(Self.crossing(a, b, level))
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
