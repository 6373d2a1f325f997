import Study

/// The result against the number that is varied, with 95 % intervals (Drop-Activation, Fig. 2; Delayed
/// Strong Regularization, Figs 1, 3 and 6).
struct ParameterSweep {
  let kind: FigureKind
  let source: FigureSource

  var figures: Result<[Figure], NothingToDraw> {
    guard let sweep = SweptGroups(source) else {
      return .failure(
        NothingToDraw("no axis of numbers and no regularizer's number has several values"))
    }
    guard !sweep.lines.isEmpty else { return .failure(NothingToDraw("no run has finished")) }
    return .success(sweep.combinations.map { figure(sweep, $0) })
  }

  private func figure(_ sweep: SweptGroups, _ axes: [AxisValue]) -> Figure {
    let lines = sweep.lines.filter { $0.axes == axes }
    var metric = Metric.testError
    var unit = "%"
    let layers = lines.map { line in
      let points = line.points.compactMap { value, group -> Chart.Point? in
        guard let (section, result) = source.table.line(of: group), let mean = result.mean else {
          return nil
        }
        (metric, unit) = (section.metric, section.unitText)
        return Chart.Point(
          value, mean, interval: result.interval.map { $0.shown(unit: section.metric.unit) })
      }
      return Chart.Layer(
        name: line.name, index: line.index, form: .markedLine, points: points,
        shift: Double(line.index) * 2)
    }
    let values = layers.flatMap { $0.points.map(\.x) }
    let title = ["\(metric.title) against \(sweep.parameter)", source.text(axes)]
      .filter { !$0.isEmpty }.joined(separator: ", ")
    let chart = Chart(
      title: title,
      x: ChartAxis(label: sweep.parameter, scale: ChartAxis.scale(for: values, ratio: 20)),
      y: ChartAxis(label: "\(metric.title.lowercased()) (\(unit))"), layers: layers,
      notes: ["Bars: 95 % t intervals of the means."] + source.warnings)
    return Figure(
      kind, parts: source.varying(axes).map(\.value), title: title,
      svg: ChartDrawing(chart).svg)
  }
}

extension MeanInterval {
  /// The interval as a chart shows it: shares in percent end at 0 and 100, however few runs there
  /// are.
  func shown(unit: MetricUnit) -> ClosedRange<Double> {
    guard unit == .percent else { return lower...upper }
    return min(mean, max(0, lower))...max(mean, min(100, upper))
  }
}
