import Study

/// The variance in evaluation over that in training, by keep probability: formula and measurement
/// (Drop-Activation, Eq. 15), with the printed value.
struct ShiftRatio {
  let kind: FigureKind
  let source: FigureSource

  var figures: Result<[Figure], NothingToDraw> {
    source.runs(of: "shiftRatio").map { runs in
      var layers = [("theory", Chart.Form.line), ("measured", .marks)].enumerated().map {
        index, curve in
        let points = CurveMeans(runs.map(\.series), curve: curve.0).points
        return Chart.Layer(
          name: curve.0 == "theory" ? "Eq. 15" : curve.0, index: index + 1, form: curve.1,
          points: points)
      }
      let printed = PublishedNumbers.embedded.cells.filter {
        $0.paper == "drop_activation" && $0.table == "eq15"
      }.compactMap(\.mean)
      layers += printed.map { value in
        Chart.Layer(
          name: "printed, at p = 0.95", index: 3, form: .marks, isPublished: true,
          points: [Chart.Point(0.95, value)])
      }
      let chart = Chart(
        title: "Shift of the variance", x: ChartAxis(label: "keep probability p"),
        y: ChartAxis(label: "Var(evaluation) / Var(training)"), layers: layers,
        guides: [(1, "no shift")], notes: source.warnings)
      return [
        Figure(kind, parts: [], title: chart.title, svg: ChartDrawing(chart).svg)
      ]
    }
  }
}
