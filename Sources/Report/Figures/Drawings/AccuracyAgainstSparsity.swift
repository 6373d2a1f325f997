import Study

/// Accuracy against the share of weights that are 0, over the strengths of a penalty (Delayed Strong
/// Regularization, Figs 4 and 7).
struct AccuracyAgainstSparsity {
  let kind: FigureKind
  let source: FigureSource

  var figures: Result<[Figure], NothingToDraw> {
    guard let sweep = SweptGroups(source) else {
      return .failure(
        NothingToDraw("no axis of numbers and no regularizer's number has several values"))
    }
    let figures = sweep.combinations.compactMap { figure(sweep, $0) }
    return figures.isEmpty
      ? .failure(NothingToDraw("no finished run has recorded its sparsity")) : .success(figures)
  }

  private func figure(_ sweep: SweptGroups, _ axes: [AxisValue]) -> Figure? {
    let layers = sweep.lines.filter { $0.axes == axes }.compactMap { line -> Chart.Layer? in
      let points = line.points.compactMap { point($0.group) }
      guard !points.isEmpty else { return nil }
      return Chart.Layer(name: line.name, index: line.index, form: .markedLine, points: points)
    }
    guard !layers.isEmpty else { return nil }
    let hasIntervals = layers.contains { $0.points.contains { $0.interval != nil } }
    let chart = Chart(
      title: "Accuracy against sparsity", x: ChartAxis(label: "weights that are 0 (%)"),
      y: ChartAxis(label: "test accuracy (%)"), layers: layers,
      notes: [
        "Points in the order of \(sweep.parameter).",
        hasIntervals ? "Bars: 95 % t intervals." : "One run each, so there are no intervals.",
      ])
    return source.figure(kind, chart, at: axes)
  }

  /// Means of both, each with its interval where there are several runs.
  private func point(_ group: ResultGroup) -> Chart.Point? {
    let accuracies = group.values(of: .testAccuracy, .last)
    let sparsities = group.values(of: .sparsity, .last).mapValues { $0 * 100 }
    func mean(_ values: [Int: Double]) -> Double? {
      Statistics.mean(values.keys.sorted().compactMap { values[$0] })
    }
    guard let y = mean(accuracies), let x = mean(sparsities) else { return nil }
    func range(_ values: [Int: Double]) -> ClosedRange<Double>? {
      MeanInterval(of: values, confidence: 0.95, firstStage: source.study.firstStage)?
        .shown(unit: .percent)
    }
    var point = Chart.Point(x, y, interval: range(accuracies))
    point.width = range(sparsities)
    return point
  }
}
