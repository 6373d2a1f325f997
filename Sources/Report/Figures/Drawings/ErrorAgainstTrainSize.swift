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
    var arm: String
    var size: Double
    var section: ResultSection
    var line: ResultLine
  }

  var figures: Result<[Figure], NothingToDraw> {
    guard source.study.axes.contains(where: { $0.key == Self.key }) else {
      return .failure(NothingToDraw("the study has no axis \"trainSize\""))
    }
    let places = source.table.groups.compactMap(place)
    let begun = places.filter { $0.line.mean != nil }
    let panels = begun.map(\.panel).reduce(into: [[String]]()) { panels, panel in
      if !panels.contains(panel) { panels.append(panel) }
    }
    guard !panels.isEmpty else { return .failure(NothingToDraw("no run has finished")) }
    return .success(
      panels.map { panel in
        let own = places.filter { $0.panel == panel }
        let chart = chart(own)
        return Figure(
          kind, parts: panel, title: chart.title, svg: ChartDrawing(chart).svg)
      })
  }

  private func place(_ group: ResultGroup) -> Place? {
    guard let text = group.axes.first(where: { $0.key == Self.key })?.value,
      let size = Double(text), let (section, line) = source.table.line(of: group)
    else { return nil }
    let others = group.axes.filter { $0.key != Self.key }
    let rest = source.varying(others).map(\.value)
    let panel = section.published.map { [$0.table] } ?? rest
    return Place(panel: panel, arm: group.arm, size: size, section: section, line: line)
  }

  private func chart(_ places: [Place]) -> Chart {
    let section = places[0].section
    let published = points(places, published: true)
    let ours = points(places, published: false)
    let values = (published + ours).flatMap { $0.points.map(\.y) }
    var chart = Chart(
      title: section.title,
      x: ChartAxis(
        label: "training images", scale: .logarithmic,
        marks: Array(Set(places.map(\.size))).sorted()),
      y: ChartAxis(
        label: "\(section.metric.title.lowercased()) (\(section.unitText))",
        scale: ChartAxis.scale(for: values, ratio: 6)),
      layers: published + ours, notes: source.warnings)
    let kind = section.lines.first?.spreadKind ?? .standardDeviation
    let what =
      published.isEmpty
      ? "Bars: \(kind.label)." : "Hollow and dashed: published. Bars: \(kind.label)."
    chart.notes.insert(what, at: 0)
    return chart
  }

  /// A layer for each arm; those at one place stand a little beside each other.
  private func points(_ places: [Place], published: Bool) -> [Chart.Layer] {
    let arms = source.study.arms.map(\.name).filter { arm in places.contains { $0.arm == arm } }
    return arms.enumerated().compactMap { order, arm in
      let points = places.filter { $0.arm == arm }.sorted { $0.size < $1.size }
        .compactMap { place -> Chart.Point? in
          let line = place.line
          guard let mean = published ? line.publishedMean : line.mean else { return nil }
          let spread = published ? line.publishedSpread : line.spread
          return Chart.Point(
            place.size, mean, interval: spread.map { (mean - $0)...(mean + $0) })
        }
      guard !points.isEmpty else { return nil }
      let shift = (Double(order) - Double(arms.count - 1) / 2) * 5
      return Chart.Layer(
        name: published ? "published" : arm, index: source.index(of: arm), form: .markedLine,
        isPublished: published, points: points, shift: published ? shift + 2.5 : shift)
    }
  }
}

extension ResultSection {
  /// The unit as axes show it.
  var unitText: String { metric.unit == .percent ? "%" : metric.unit.rawValue }
}

extension ResultTable {
  /// The table and the line, under the table's own selection, that show a group of runs.
  func line(of group: ResultGroup) -> (section: ResultSection, line: ResultLine)? {
    guard let section = section(of: group) else { return nil }
    let mapping = study.reproduces.first { $0.covers(group) }
    let axes = group.axes.map(\.value).joined(separator: " / ")
    let row = mapping?.row(of: group) ?? (group.axes.isEmpty ? group.dataset : axes)
    let column = mapping?.column(of: group) ?? group.arm
    // Rows of the same label carry their axes behind it.
    let long = group.axes.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
    let line =
      section.line(row: row, column: column, section.selection)
      ?? section.line(row: "\(row) (\(long))", column: column, section.selection)
    return line.map { (section, $0) }
  }
}
