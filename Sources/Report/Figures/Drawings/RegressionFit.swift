import Study

/// Points, the function behind them, and the networks' functions (Drop-Activation, Fig. 3).
struct RegressionFit {
  let kind: FigureKind
  let source: FigureSource

  var figures: Result<[Figure], NothingToDraw> {
    source.runs(of: "predictions").map { runs in
      source.combinations(of: runs).map { axes in
        let here = runs.filter { $0.axes == axes }
        let first = here.map(\.trial).min() ?? 1
        let shown = here.filter { $0.trial == first }
        let title = ["Regression", source.text(axes)].filter { !$0.isEmpty }
          .joined(separator: ": ")
        var layers: [Chart.Layer] = []
        if let any = shown.first?.series {
          // Trials share data, so any arm's points are those of all.
          layers.append(
            Chart.Layer(
              name: "function", index: 0, form: .line, isPublished: true,
              points: Self.points(any, "target")))
        }
        layers += source.arms(of: shown, at: axes).flatMap { arm in
          shown.filter { $0.arm == arm }.map { run in
            Chart.Layer(
              name: arm, index: source.index(of: arm) + 1, form: .line,
              points: Self.points(run.series, "prediction"))
          }
        }
        if let any = shown.first?.series {
          layers.append(
            Chart.Layer(
              name: "training points", index: 0, form: .marks,
              points: Self.points(any, "training")))
        }
        let chart = Chart(
          title: title, x: ChartAxis(label: "x"), y: ChartAxis(label: "y"), layers: layers,
          notes: ["Trial \(first)."] + source.warnings)
        return Figure(
          kind, parts: source.varying(axes).map(\.value), title: title,
          svg: ChartDrawing(chart).svg)
      }
    }
  }

  private static func points(_ series: Series, _ curve: String) -> [Chart.Point] {
    series.points.filter { $0.curve == curve }.sorted { $0.x < $1.x }
      .map { Chart.Point($0.x, $0.y) }
  }
}
