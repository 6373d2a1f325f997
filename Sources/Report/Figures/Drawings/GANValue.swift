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
        let places = here.flatMap { $0.series.points }
        let last = places.map(\.x).max() ?? 1
        // Runs that have thinned their values themselves say so by their curves.
        let window =
          places.filter { $0.curve == Self.thinned.mean }.map(\.x).min() ?? Self.window(last)
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

  /// The curves of runs that keep the least, largest and mean value of each window, at its end.
  private static let thinned = (least: "value.min", largest: "value.max", mean: "value.mean")

  /// Mean, least and largest value in each window.
  static func windows(_ points: [SeriesPoint], width: Double) -> [Chart.Point] {
    if points.contains(where: { $0.curve == thinned.mean }) {
      return thinnedWindows(points, width: width)
    }
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

  private static func thinnedWindows(_ points: [SeriesPoint], width: Double) -> [Chart.Point] {
    let byEnd = Dictionary(grouping: points.filter(\.y.isFinite), by: \.x)
    return byEnd.keys.sorted().compactMap { end in
      func values(_ curve: String) -> [Double] {
        (byEnd[end] ?? []).filter { $0.curve == curve }.map(\.y)
      }
      guard let low = values(thinned.least).min(), let high = values(thinned.largest).max(),
        let mean = Statistics.mean(values(thinned.mean))
      else { return nil }
      return Chart.Point(max(0, end - width / 2), mean, interval: low...high)
    }
  }
}
