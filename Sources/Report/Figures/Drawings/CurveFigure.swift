import Study

/// Figures that draw a series as it is recorded: one drawing for each combination of axes and each
/// curve, one line for each arm, means over trials.
struct CurveFigure {
  var name: FigureName
  /// The label of the horizontal axis.
  var x: String
  /// The label of the vertical axis, by the curve's name.
  var y: @Sendable (String) -> String
  /// The part of the heading that names a curve.
  var heading: @Sendable (String) -> String
  /// How an arm is drawn.
  var form: Chart.Form = .band
  /// Recorded values are multiplied by these.
  var factors = (x: 1.0, y: 1.0)
  /// Positive values that span more than this get a logarithmic axis.
  var logarithmicAbove = Double.infinity
  /// What must be visible.
  var includes: [Double] = []
  /// A reference line.
  var guide: (value: Double, label: String)?
  /// Whether all curves share one drawing instead of having one each.
  var joinsCurves = false

  /// The drawings.
  func figures(_ source: FigureSource) -> Result<[Figure], NothingToDraw> {
    source.runs(of: name.seriesName ?? name.rawValue).map { runs in
      source.combinations(of: runs).flatMap { axes -> [Figure] in
        let here = runs.filter { $0.axes == axes }
        let curves = here.flatMap { $0.series.points.map(\.curve) }
          .reduce(into: [String]()) { if $0.last != $1, !$0.contains($1) { $0.append($1) } }
        let panels = joinsCurves ? [curves] : curves.map { [$0] }
        return panels.map { panel in
          let title = [heading(joinsCurves ? "" : panel[0]), source.text(axes)]
            .filter { !$0.isEmpty }.joined(separator: ", ")
          let parts = source.varying(axes).map(\.value) + (panels.count > 1 ? panel : [])
          let chart = chart(title, panel, here, source, axes)
          return Figure(name, parts: parts, title: title, svg: ChartDrawing(chart).svg)
        }
      }
    }
  }

  private func chart(
    _ title: String, _ curves: [String], _ runs: [SeriesRun], _ source: FigureSource,
    _ axes: [AxisValue]
  ) -> Chart {
    var layers: [Chart.Layer] = []
    for arm in source.arms(of: runs, at: axes) {
      let series = runs.filter { $0.arm == arm }.map(\.series)
      let own = curves.map { ($0, CurveMeans(series, curve: $0, factors: factors).points) }
        .filter { !$0.1.isEmpty }
      for (curve, points) in own {
        let isOnly = own.count == 1
        layers.append(
          Chart.Layer(
            name: isOnly ? arm : "\(arm), \(curve)",
            index: isOnly ? source.index(of: arm) : layers.count, form: form, points: points))
      }
    }
    let values = layers.flatMap { $0.points.map(\.y) }
    let trials = Set(runs.map(\.trial)).count
    return Chart(
      title: title, x: ChartAxis(label: x),
      y: ChartAxis(
        label: y(curves[0]), scale: ChartAxis.scale(for: values, ratio: logarithmicAbove),
        includes: includes),
      layers: layers, guides: guide.map { [$0] } ?? [],
      notes: (trials > 1 ? ["Means of \(trials) trials."] : []) + source.warnings)
  }
}

/// The mean of a curve over runs, with their range where there are several.
struct CurveMeans {
  /// By x.
  let points: [Chart.Point]

  init(_ series: [Series], curve: String, factors: (x: Double, y: Double) = (1, 1)) {
    var values: [Double: [Double]] = [:]
    for point in series.flatMap(\.points) where point.curve == curve && point.y.isFinite {
      values[point.x, default: []].append(point.y * factors.y)
    }
    points = values.keys.sorted().compactMap { x in
      guard let all = values[x], let mean = Statistics.mean(all), let low = all.min(),
        let high = all.max()
      else { return nil }
      return Chart.Point(x * factors.x, mean, interval: all.count > 1 ? low...high : nil)
    }
  }
}

extension CurveFigure {
  /// Errors and losses by epoch.
  static let learningCurves = CurveFigure(
    name: .learningCurves, x: "epoch",
    y: { curve in
      let words = curve.replacing("_", with: " ")
      return curve.hasSuffix("error") ? "\(words) (%)" : "\(words) (nats)"
    },
    heading: { curve in
      let words = curve.replacing("_", with: " ")
      return words.prefix(1).uppercased() + words.dropFirst()
    }, logarithmicAbove: 30)

  /// Shares of weights by value.
  static let weightHistogram = CurveFigure(
    name: .weightHistogram, x: "weight", y: { _ in "share of weights (%)" },
    heading: { "Weights of \($0)" }, form: .bars, factors: (1, 100), includes: [0])

  /// Relative accuracy loss by pruned share.
  static let pruningCurve = CurveFigure(
    name: .pruningCurve, x: "smallest weights set to 0 (%)",
    y: { _ in "relative accuracy loss (%)" }, heading: { "Pruning \($0)" }, factors: (100, 100),
    includes: [0])

  /// Mean sizes by epoch.
  static let gradientStatistics = CurveFigure(
    name: .gradientStatistics, x: "epoch",
    y: { curve in
      switch curve {
      case "gradient": "mean |∂L/∂w|"
      case "weight": "mean |w|"
      default: "share of the data's gradient (0 to 1)"
      }
    },
    heading: { curve in
      switch curve {
      case "gradient": "Size of gradients"
      case "weight": "Size of weights"
      case "penalty_share": "Gradient of the loss beside the penalty's"
      default: curve
      }
    }, logarithmicAbove: 30)

  /// Ratios of variances by epoch.
  static let varianceShift = CurveFigure(
    name: .varianceShift, x: "epoch", y: { _ in "Var(evaluation) / Var(training)" },
    heading: { "Variance shift at \($0)" }, guide: (1, "no shift"))

  /// What a weight becomes.
  static let effectiveWeight = CurveFigure(
    name: .effectiveWeight, x: "weight w", y: { _ in "effective weight" },
    heading: { _ in "Effective weights" }, form: .line, joinsCurves: true)

  /// A regularizer by one weight.
  static let regularizerCurve = CurveFigure(
    name: .regularizerCurve, x: "weight w", y: { _ in "regularizer π(w)" },
    heading: { _ in "Regularizer of one weight" }, form: .line, includes: [0], joinsCurves: true)
}
