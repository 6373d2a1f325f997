import Study

/// The largest weights that leave input units, sorted (Shakeout, Fig. 9): the order of units means
/// nothing, their distribution does.
struct SortedUnitMaxima {
  let source: FigureSource

  var figures: Result<[Figure], NothingToDraw> {
    var sorted = source.series
    sorted["unitMaxima"] = source.series["unitMaxima"]?.map { run in
      var run = run
      let curves = run.series.points.map(\.curve)
        .reduce(into: [String]()) { if $0.last != $1, !$0.contains($1) { $0.append($1) } }
      run.series.points = curves.flatMap { curve in
        let values = run.series.points.filter { $0.curve == curve }.map(\.y).sorted(by: >)
        return values.enumerated().map { rank, value in
          SeriesPoint(curve: curve, x: Double(rank + 1), y: value)
        }
      }
      return run
    }
    let figure = CurveFigure(
      name: .unitMaxima, x: "input units, sorted", y: { _ in "largest |w| of a unit" },
      heading: { "Largest weights of \($0)" }, includes: [0])
    return figure.figures(
      FigureSource(study: source.study, records: source.records, series: sorted))
  }
}
