import Glibc
import Study

/// The value of an adversarial game: smallest and largest within windows (Shakeout, Figs 11 and 12).
struct GANValue {
  let kind: FigureKind
  let source: FigureSource

  var figures: Result<[Figure], NothingToDraw> {
    source.runs(of: "ganValue").map { runs in
      source.combinations(of: runs).map { axes in
        let here = runs.filter { $0.axes == axes }
        let layers = source.arms(of: here, at: axes).map { arm in
          Chart.Layer(
            name: arm, index: source.index(of: arm), form: .band,
            points: Self.windows(here.filter { $0.arm == arm }.flatMap(\.series.points)))
        }
        let window = layers.flatMap { $0.points.map(\.x) }.min() ?? 0
        let title = ["Value of the game", source.text(axes)].filter { !$0.isEmpty }
          .joined(separator: ", ")
        // One axis for all arms, so that the widths of their bands can be compared.
        let chart = Chart(
          title: title, x: ChartAxis(label: "update"), y: ChartAxis(label: "−V(D, G) (nats)"),
          layers: layers, guides: [(log(4), "ln 4: equilibrium")],
          notes: ["Bands: least to largest in windows of \(Int(window)) updates; lines: means."]
            + source.warnings)
        return Figure(
          kind, parts: source.varying(axes).map(\.value), title: title,
          svg: ChartDrawing(chart).svg)
      }
    }
  }

  /// The windows of a run: its curves `value.min`, `value.max` and `value.mean`, each by the last
  /// update of a window; several runs' windows are joined.
  static func windows(_ points: [SeriesPoint]) -> [Chart.Point] {
    func values(_ curve: String) -> [Double: [Double]] {
      Dictionary(grouping: points.filter { $0.curve == "value.\(curve)" && $0.y.isFinite }) { $0.x }
        .mapValues { $0.map(\.y) }
    }
    let (least, largest, means) = (values("min"), values("max"), values("mean"))
    return means.keys.sorted().compactMap { end in
      guard let mean = means[end].flatMap(Statistics.mean), let low = least[end]?.min(),
        let high = largest[end]?.max(), low <= high
      else { return nil }
      return Chart.Point(end, mean, interval: low...high)
    }
  }
}
