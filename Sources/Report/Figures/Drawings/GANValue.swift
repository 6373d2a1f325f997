import Glibc
import Study

/// The value of an adversarial game: smallest and largest within windows (Shakeout, Figs 11 and 12).
struct GANValue {
  let source: FigureSource

  /// Updates in a window, as the paper's axis starts at 500; a fortieth of a short training.
  static func window(_ updates: Double) -> Double {
    updates >= 10_000 ? 500 : max(1, (updates / 40).rounded())
  }

  var figures: Result<[Figure], NothingToDraw> {
    source.runs(of: "ganValue").map { runs in
      source.combinations(of: runs).flatMap { axes in
        let here = runs.filter { $0.axes == axes }
        let last = here.flatMap { $0.series.points.map(\.x) }.max() ?? 1
        let window = Self.window(last)
        let layers = source.arms(of: here, at: axes).map { arm in
          Chart.Layer(
            name: arm, index: source.index(of: arm), form: .band,
            points: Self.windows(
              here.filter { $0.arm == arm }.flatMap(\.series.points), width: window))
        }
        // Each arm by itself first: spikes of one would hide those of another.
        let all = layers.flatMap { $0.points.flatMap { [$0.interval?.upperBound ?? $0.y] } }
        return layers.map { layer in
          let title = ["Value of the game: \(layer.name ?? "")", source.text(axes)]
            .filter { !$0.isEmpty }.joined(separator: ", ")
          var chart = Chart(
            title: title, x: ChartAxis(label: "update"),
            y: ChartAxis(label: "−V(D, G) (nats)", includes: [0, all.max() ?? 1]),
            layers: [layer], guides: [(log(4), "ln 4: equilibrium")])
          chart.notes =
            ["Band: least to largest in windows of \(Int(window)) updates; line: mean."]
            + source.warnings
          return Figure(
            .ganValue, parts: source.varying(axes).map(\.value) + [layer.name ?? ""],
            title: title, svg: ChartDrawing(chart).svg)
        }
      }
    }
  }

  /// Mean, least and largest value in each window.
  static func windows(_ points: [SeriesPoint], width: Double) -> [Chart.Point] {
    var windows: [Int: [Double]] = [:]
    for point in points where point.y.isFinite {
      windows[Int((max(0, point.x - 1) / width).rounded(.down)), default: []].append(point.y)
    }
    return windows.keys.sorted().compactMap { index in
      guard let values = windows[index], let low = values.min(), let high = values.max(),
        let mean = Statistics.mean(values)
      else { return nil }
      return Chart.Point((Double(index) + 0.5) * width, mean, interval: low...high)
    }
  }
}
