import Canonical
import Study

/// A series as it is recorded: one drawing for each combination of axes and each curve, one line for each
/// arm, means over trials.
struct CurveFigure {
  let kind: FigureKind
  let style: CurveStyle
  let source: FigureSource

  /// The drawings.
  var figures: Result<[Figure], NothingToDraw> {
    source.runs(of: kind).map { recorded in
      let series =
        style.sortsPoints
        ? StudySeries(source.study, recorded.runs.map(Self.sorted)) : recorded
      return series.combinations.flatMap { axes -> [Figure] in
        let arms = series.arms(at: axes)
        let curves = series.runs.filter { $0.axes == axes }
          .flatMap { $0.series.points.map(\.curve) }.unique
        let panels = style.joinsCurves ? [curves] : curves.map { [$0] }
        return panels.map { panel in
          let title = source.title(
            style.heading(style.joinsCurves ? "" : panel[0]), at: axes)
          let parts = source.varying(axes).map(\.value) + (panels.count > 1 ? panel : [])
          return Figure(
            kind, parts: parts, title: title, svg: drawing(title, panel, arms, at: axes))
        }
      }
    }
  }

  /// One chart; a small one for each arm where its curves or the bars of several would cover each other.
  private func drawing(
    _ title: String, _ curves: [String], _ arms: [StudySeries.ArmRuns], at axes: [AxisValue]
  ) -> String {
    let trials = Set(arms.flatMap { $0.runs.map(\.trial) }).count
    let notes = (trials > 1 ? ["Means of \(trials) trials."] : []) + source.warnings(at: axes)
    let layers = arms.map { arm -> [Chart.Layer] in
      let own = curves.map {
        ($0, CurveMeans(arm.runs, curve: $0, factors: style.factors).points)
      }.filter { !$0.1.isEmpty }
      let isOnly = own.count == 1
      return own.enumerated().map { index, curve in
        Chart.Layer(
          name: isOnly ? arm.arm : curve.0, index: isOnly ? arm.index : index + 1, form: form,
          points: curve.1)
      }
    }
    let isMixed = layers.contains { $0.count > 1 }
    guard arms.count > 1, isMixed || style.form == .bars else {
      return ChartDrawing(chart(title, curves, layers.flatMap(\.self), notes)).svg
    }
    // The scale follows from all values, so that panels can be compared.
    let all = chart(title, curves, layers.flatMap(\.self), [])
    let panels = zip(arms, layers).map { arm, layers in
      var panel = all
      panel.title = arm.arm
      panel.layers = layers.map { layer in
        var layer = layer
        if !isMixed { layer.name = nil }
        return layer
      }
      return panel
    }
    return ChartPanels(title: title, notes: notes).multiples(panels)
  }

  private func chart(
    _ title: String, _ curves: [String], _ layers: [Chart.Layer], _ notes: [String]
  ) -> Chart {
    let values = layers.flatMap { $0.points.map(\.y) }
    // An empty bin is no reason against a logarithm: its bar has no height.
    let scale = ChartAxis.scale(
      for: values.filter { $0 > 0 || style.form != .bars }, ratio: style.logarithmicAbove)
    return Chart(
      title: title, x: ChartAxis(label: style.x),
      y: ChartAxis(label: style.y(curves[0]), scale: scale, includes: style.includes),
      layers: layers,
      guides: style.guide.map { [$0] } ?? [], notes: notes)
  }

  private var form: Chart.Form {
    switch style.form {
    case .band: .band
    case .line: .line
    case .bars: .bars
    }
  }

  /// The run with the points of each curve by their values instead of their places.
  private static func sorted(_ run: SeriesRun) -> SeriesRun {
    var run = run
    let curves = run.series.points.map(\.curve).unique
    run.series.points = curves.flatMap { curve in
      let values = run.series.points.filter { $0.curve == curve }.map(\.y).sorted(by: >)
      return values.enumerated().map { rank, value in
        SeriesPoint(curve: curve, x: Double(rank + 1), y: value)
      }
    }
    return run
  }
}
