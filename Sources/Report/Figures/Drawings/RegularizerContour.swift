import Study

/// A regularizer of two weights as lines of equal height (Shakeout, Fig. 3): a drawing for each arm,
/// all with the same levels.
struct RegularizerContour {
  let kind: FigureKind
  let source: FigureSource

  var figures: Result<[Figure], NothingToDraw> {
    source.runs(of: kind).flatMap { series in
      // The function has nothing random: one trial shows it.
      let first = series.combinations.flatMap { axes in
        series.arms(at: axes).compactMap { $0.runs.min { $0.trial < $1.trial } }
      }
      let fields = first.compactMap { run in
        Self.field(run.series).map { (run: run, field: $0) }
      }
      guard let first = fields.first else {
        return .failure(
          NothingToDraw("the series \"\(kind.series ?? kind.name)\" is no complete grid"))
      }
      let all = ContourLines(
        xs: first.field.xs, ys: first.field.ys, values: fields.flatMap(\.field.values))
      let levels = all.levels(8)
      return .success(
        fields.map { run, field in
          let title = source.title("\(kind.heading): \(run.arm)", at: run.axes)
          let chart = ContourChart(
            title: title, x: "weight w₁", y: "weight w₂", field: field, levels: levels,
            notes: source.warnings(at: run.axes))
          return Figure(
            kind, parts: source.varying(run.axes).map(\.value) + [run.arm],
            title: title, svg: chart.svg)
        })
    }
  }

  /// The grid that a series holds: a curve for each w₂, named by it; nil where it has holes.
  static func field(_ series: Series) -> ContourLines? {
    var rows: [Double: [Double: Double]] = [:]
    for point in series.points {
      guard let row = Double(point.curve) else { return nil }
      rows[row, default: [:]][point.x] = point.y
    }
    let ys = rows.keys.sorted()
    let xs = (ys.first.flatMap { rows[$0] } ?? [:]).keys.sorted()
    let values = ys.map { y in xs.compactMap { rows[y]?[$0] } }
    guard xs.count > 1, ys.count > 1, values.allSatisfy({ $0.count == xs.count }) else {
      return nil
    }
    return ContourLines(xs: xs, ys: ys, values: values)
  }
}
