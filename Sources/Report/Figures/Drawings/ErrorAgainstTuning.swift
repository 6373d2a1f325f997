import Canonical
import Study

/// The test error that a random search of k candidates is expected to end with, arm by arm: whether an
/// arm wins by its method or by its search. A drawing for each combination of the axes.
struct ErrorAgainstTuning {
  let kind: FigureKind
  let source: FigureSource

  /// The share of searches within the band.
  private static let share = 0.9

  var figures: Result<[Figure], NothingToDraw> {
    let grids = source.table.candidates
    guard source.table.selectsHyperparameters else {
      return .failure(NothingToDraw("the study selects no hyper-parameters"))
    }
    guard !grids.isEmpty else { return .failure(NothingToDraw("no candidate has finished")) }
    let drawn = grids.map(\.axes).unique.compactMap(figure)
    return drawn.isEmpty
      ? .failure(NothingToDraw("no candidate has a finite error")) : .success(drawn)
  }

  private func figure(_ axes: [AxisValue]) -> Figure? {
    let layers = source.study.arms.map(\.name).compactMap { layer($0, axes) }
    guard layers.contains(where: { $0.points.count > 1 }) else { return nil }
    let most = Int(layers.flatMap { $0.points.map(\.x) }.max() ?? 1)
    let chart = Chart(
      title: "Test error against the number of candidates tried",
      // There are no half candidates.
      x: ChartAxis(
        label: "candidates tried at random", marks: most <= 12 ? (1...most).map(Double.init) : []),
      y: ChartAxis(label: "test error of the chosen candidate (%)"), layers: layers,
      notes: [
        "Bands hold 90 % of searches. A single mark is an arm without a selection, with the 95 % t "
          + "interval of its mean. Candidates of a grid are drawn from it at random, with replacement."
      ] + unfinished(axes) + earlier(axes))
    return source.figure(kind, chart, at: axes)
  }

  /// Which arms have not chosen yet: their curves are of the candidates that have run.
  private func unfinished(_ axes: [AxisValue]) -> [String] {
    source.table.candidates.filter { $0.axes == axes && !$0.isFinished }.map {
      "The search of \($0.arm) is not finished: its curve is that of \($0.candidates.count) candidates."
    }
  }

  /// Which arms' candidates start from what another arm has chosen: their search cost more than k.
  private func earlier(_ axes: [AxisValue]) -> [String] {
    let grids = source.table.candidates.filter { $0.axes == axes }
    return source.study.arms.map(\.name).compactMap { arm in
      let choices = source.table.earlierChoices(of: arm, grids)
      return choices.isEmpty
        ? nil
        : "\(arm)'s candidates come after \(choices.joined(separator: " and ")), which are not counted "
          + "in its k."
    }
  }

  private func layer(_ arm: String, _ axes: [AxisValue]) -> Chart.Layer? {
    let index = source.index(of: arm)
    if let grid = source.table.candidates.first(where: { $0.arm == arm && $0.axes == axes }) {
      let candidates = grid.candidates.map { ($0.error ?? .infinity, $0.testError ?? .nan) }
      let points = (1...candidates.count).compactMap { draws -> Chart.Point? in
        BestOfRandom(of: draws, candidates: candidates).map {
          Chart.Point(Double(draws), $0.mean, interval: $0.interval(Self.share))
        }
      }
      return points.isEmpty
        ? nil : Chart.Layer(name: arm, index: index, form: .band, points: points)
    }
    guard
      let group = source.table.groups.first(where: { $0.arm == arm && $0.axes == axes }),
      let mean = Statistics.mean(group.valuesInOrder(of: .testError, .last))
    else { return nil }
    let interval = MeanInterval(
      of: group.values(of: .testError, .last), confidence: 0.95,
      firstStage: source.study.firstStage)
    return Chart.Layer(
      name: arm, index: index, form: .marks,
      points: [Chart.Point(1, mean, interval: interval.map { $0.shown(unit: .percent) })])
  }
}
