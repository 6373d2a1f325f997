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
    let metric = metric(of: lines)
    let layers = lines.map { line in
      Chart.Layer(
        name: line.name, index: line.index, form: .markedLine,
        points: line.points.compactMap { point($0.value, $0.group, metric) },
        shift: Double(line.index) * 2)
    }
    let points = layers.flatMap(\.points)
    let values = Set(points.map(\.x)).sorted()
    let best = layers.compactMap { bestPoint($0, metric) }
    let bars =
      points.contains { $0.interval != nil }
      ? "Bars: 95 % t intervals of the means." : "One run each, so there are no intervals."
    let extreme = metric.direction == .largerIsBetter ? "highest" : "lowest"
    let chart = Chart(
      title: "\(metric.title) by \(sweep.parameter)",
      x: ChartAxis(
        label: sweep.parameter, scale: ChartAxis.scale(for: values, ratio: 20),
        marks: values.count <= 9 ? values : []),
      y: ChartAxis(label: "\(metric.title.lowercased()) (\(metric.unit.symbol))"),
      layers: layers + best,
      notes: [bars] + (best.isEmpty ? [] : ["Rings: the \(extreme) mean of each line."]))
    var figure = source.figure(kind, chart, at: axes)
    figure.section = lines.first?.points.first.flatMap { source.table.section(of: $0.group)?.title }
    return figure
  }

  /// What is drawn: the tables' metric, unless that is itself a place on the axis.
  private func metric(of lines: [SweptGroups.Line]) -> Metric {
    let groups = lines.flatMap { $0.points.map(\.group) }
    let shown = groups.lazy.compactMap { source.table.section(of: $0)?.metric }.first
    if let shown, shown.source != .axis { return shown }
    return groups.lazy.compactMap(\.metrics.first).first ?? .testError
  }

  private func point(_ value: Double, _ group: ResultGroup, _ metric: Metric) -> Chart.Point? {
    let selection = source.table.section(of: group)?.selection ?? .last
    let results = group.values(of: metric, selection)
    guard let mean = Statistics.mean(group.valuesInOrder(of: metric, selection)) else { return nil }
    let interval = MeanInterval(
      of: results, confidence: 0.95, firstStage: source.study.firstStage)
    return Chart.Point(value, mean, interval: interval?.shown(unit: metric.unit))
  }

  /// The best point of a line of several.
  private func bestPoint(_ layer: Chart.Layer, _ metric: Metric) -> Chart.Layer? {
    let ascending = layer.points.sorted { $0.y < $1.y }
    guard ascending.count > 2, let low = ascending.first, let high = ascending.last else {
      return nil
    }
    let point: Chart.Point
    switch metric.direction {
    case .smallerIsBetter: point = low
    case .largerIsBetter: point = high
    case .neither: return nil
    }
    return Chart.Layer(
      index: layer.index, form: .rings, points: [Chart.Point(point.x, point.y)],
      shift: layer.shift)
  }
}

extension MetricUnit {
  /// The unit as axes show it.
  var symbol: String { self == .percent ? "%" : rawValue }
}

extension MeanInterval {
  /// The interval as a chart shows it: shares in percent end at 0 and 100, however few runs there
  /// are.
  func shown(unit: MetricUnit) -> ClosedRange<Double> {
    guard unit == .percent else { return lower...upper }
    return min(mean, max(0, lower))...max(mean, min(100, upper))
  }
}
