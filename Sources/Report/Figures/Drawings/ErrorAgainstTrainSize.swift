import Canonical
import Study

/// Error against the number of training images, ours beside the published (Shakeout, Figs 6 and 7).
/// A drawing for each table, or for each combination of the other axes in a table of the study's own.
struct ErrorAgainstTrainSize {
  let kind: FigureKind
  let source: FigureSource

  private static let key = "trainSize"

  /// One group of runs in its place.
  private struct Place {
    var panel: [String]
    var group: ResultGroup
    var size: Double
    var section: ResultSection
    var line: ResultLine

    var arm: String { group.arm }
  }

  var figures: Result<[Figure], NothingToDraw> {
    guard source.study.axes.contains(where: { $0.key == Self.key }) else {
      return .failure(NothingToDraw("the study has no axis \"trainSize\""))
    }
    let places = source.table.groups.compactMap(place)
    let begun = places.filter { $0.line.mean != nil }
    let panels = begun.map(\.panel).unique
    guard !panels.isEmpty else { return .failure(NothingToDraw("no run has finished")) }
    return .success(
      panels.map { panel in
        let own = places.filter { $0.panel == panel }
        let section = own[0].section
        let charts = [chart(own)] + [differences(own)].compactMap { $0 }
        let title = ([section.title] + (section.published == nil ? panel : []))
          .joined(separator: ", ")
        let svg = ChartPanels(title: title, notes: notes(own, charts)).stacked(charts)
        return Figure(kind, parts: panel, title: title, section: section.title, svg: svg)
      })
  }

  private func place(_ group: ResultGroup) -> Place? {
    guard let text = group.axes.first(where: { $0.key == Self.key })?.value,
      let size = Double(text), let (section, line) = source.table.line(of: group)
    else { return nil }
    let others = group.axes.filter { $0.key != Self.key }
    let rest = source.varying(others).map(\.value)
    let panel = section.published.map { [$0.table] } ?? rest
    return Place(panel: panel, group: group, size: size, section: section, line: line)
  }

  private func chart(_ places: [Place]) -> Chart {
    let section = places[0].section
    let published = points(places, published: true)
    let ours = points(places, published: false)
    let values = (published + ours).flatMap { $0.points.map(\.y) }
    return Chart(
      title: section.title, x: sizes(places),
      y: ChartAxis(
        label: "\(section.metric.title.lowercased()) (\(section.metric.unit.symbol))",
        scale: ChartAxis.scale(for: values, ratio: 6)),
      layers: published + ours, namesLines: true)
  }

  private func sizes(_ places: [Place]) -> ChartAxis {
    let sizes = Set(places.map(\.size)).sorted()
    return ChartAxis(
      label: "training images", scale: .logarithmic, includes: sizes, marks: sizes)
  }

  /// Ours minus the published values; nil where none stand beside ours.
  private func differences(_ places: [Place]) -> Chart? {
    let layers = arms(places).compactMap { order, arm -> Chart.Layer? in
      let points = places.filter { $0.arm == arm }.sorted { $0.size < $1.size }
        .compactMap { place -> Chart.Point? in
          guard let mean = place.line.mean, let published = place.line.publishedMean else {
            return nil
          }
          let interval = place.line.judgement?.difference
          return Chart.Point(
            place.size, mean - published, interval: interval.map { $0.lower...$0.upper })
        }
      guard !points.isEmpty else { return nil }
      return Chart.Layer(
        name: arm, index: source.index(of: arm), form: .markedLine, points: points,
        shift: shift(order, places))
    }
    guard !layers.isEmpty else { return nil }
    return Chart(
      title: "", x: sizes(places), y: ChartAxis(label: "ours − published", includes: [0]),
      layers: layers, guides: [(0, "no difference")], namesLines: true)
  }

  private func notes(_ places: [Place], _ charts: [Chart]) -> [String] {
    let kind = places[0].section.lines.first?.spreadKind ?? .standardDeviation
    let bars = charts[0].layers.flatMap(\.points).contains { $0.interval != nil }
    var notes = bars ? ["Bars\(charts.count > 1 ? " above" : ""): \(kind.label)."] : []
    if charts.count > 1, charts[1].layers.flatMap(\.points).contains(where: { $0.interval != nil })
    {
      notes.append("Bars below: 90 % intervals of the difference.")
    }
    return (notes.isEmpty ? [] : [notes.joined(separator: " ")])
      + source.warnings(of: places.map(\.group))
  }

  private func arms(_ places: [Place]) -> [(order: Int, arm: String)] {
    source.study.arms.map(\.name).filter { arm in places.contains { $0.arm == arm } }
      .enumerated().map { ($0, $1) }
  }

  /// Arms at one size stand a little beside each other.
  private func shift(_ order: Int, _ places: [Place]) -> Double {
    (Double(order) - Double(arms(places).count - 1) / 2) * 5
  }

  /// A layer for each arm.
  private func points(_ places: [Place], published: Bool) -> [Chart.Layer] {
    arms(places).compactMap { order, arm in
      let points = places.filter { $0.arm == arm }.sorted { $0.size < $1.size }
        .compactMap { place -> Chart.Point? in
          let line = place.line
          guard let mean = published ? line.publishedMean : line.mean else { return nil }
          let spread = published ? line.publishedSpread : line.spread
          return Chart.Point(
            place.size, mean, interval: spread.map { (mean - $0)...(mean + $0) })
        }
      guard !points.isEmpty else { return nil }
      let shift = shift(order, places)
      return Chart.Layer(
        name: published ? "published" : arm, index: source.index(of: arm), form: .markedLine,
        isPublished: published, points: points, shift: published ? shift + 2.5 : shift)
    }
  }
}
