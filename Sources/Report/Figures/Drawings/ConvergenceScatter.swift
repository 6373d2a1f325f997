import Model
import Study

/// The lowest validation error of each run against the epoch of it (marginalized noise, Fig. 1).
struct ConvergenceScatter {
  let kind: FigureKind
  let source: FigureSource

  var figures: Result<[Figure], NothingToDraw> {
    let epochs = epochsByPlace
    var layers: [Chart.Layer] = []
    var countsEpochs = true
    for arm in source.study.arms.map(\.name) {
      let points = source.finalRecords(arm).filter { !$0.diverged }
        .compactMap { record -> Chart.Point? in
          guard let update = record.bestValidationUpdate, let error = record.bestValidationError,
            error.isFinite
          else { return nil }
          let perEpoch = epochs(arm, record.axes)
          if perEpoch == nil { countsEpochs = false }
          return Chart.Point(Double(update) / Double(perEpoch ?? 1), error)
        }
      guard !points.isEmpty else { continue }
      layers.append(
        Chart.Layer(
          name: arm, index: source.index(of: arm), form: points.count > 60 ? .dots : .marks,
          points: points))
    }
    guard !layers.isEmpty else {
      return .failure(NothingToDraw("no finished run has a validation error"))
    }
    let values = layers.flatMap { $0.points.map(\.x) }
    let chart = Chart(
      title: "Lowest validation error and when it is reached",
      x: ChartAxis(
        label: countsEpochs ? "epoch" : "update", scale: ChartAxis.scale(for: values, ratio: 50)),
      y: ChartAxis(label: "lowest validation error (%)"), layers: layers,
      notes: ["One point for each run."])
    return .success([source.figure(kind, chart, at: [])])
  }

  /// Updates in an epoch at a place of the study; nil where the size of the data is not known.
  private var epochsByPlace: (String, [AxisValue]) -> Int? {
    let examples = source.study.upperBound.filter(\.isFinal).map(\.example)
    return { arm, axes in
      guard let cell = examples.first(where: { $0.arm == arm && $0.axes == axes }),
        let setup = cell.spec.setup, let facts = setup.facts
      else { return nil }
      return max(1, setup.updatesPerEpoch(facts))
    }
  }
}
