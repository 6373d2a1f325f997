import Canonical
import Study

/// A chart as a drawing: a figure of its own, or one of the panels of a figure.
struct ChartDrawing {
  private let chart: Chart
  private let size: Size
  private let x: FittedAxis
  private let y: FittedAxis
  /// Where the horizontal axis begins.
  let left: Double
  /// Where it ends.
  let right: Double
  private let top = 24.0
  private var bottom: Double { top + size.plotHeight }

  /// How large it is, and whether it shares its axes with its neighbours.
  struct Size {
    var width = FigureStyle.width
    /// From the upper end of the vertical axis to the lower one.
    var plotHeight = 210.0
    /// Whether the horizontal axis is named.
    var namesX = true
    /// The horizontal axis begins no further left and ends no further right.
    var left = 0.0
    var right = Double.infinity
  }

  /// Fits the axes to the data.
  init(_ chart: Chart) { self.init(chart, Size(), sharing: [chart]) }

  /// Fits the axes to the data of all charts that share them.
  init(_ chart: Chart, _ size: Size, sharing charts: [Chart]) {
    self.chart = chart
    self.size = size
    let layers = charts.flatMap(\.layers)
    let points = layers.flatMap(\.points)
    x = chart.x.fitted(
      to: points.flatMap { [$0.x] + Self.ends($0.width) } + Self.edges(of: layers)
        + chart.verticals.map(\.value),
      width: size.width)
    y = chart.y.fitted(
      to: points.flatMap { [$0.y] + Self.ends($0.interval) } + chart.guides.map(\.value),
      height: size.plotHeight)
    let labels = y.ticks.map { SVGText.width(of: $0.label, size: FigureStyle.textSize) }
    left = max(size.left, 18 + (labels.max() ?? 0))
    let names = chart.namesLines ? chart.layers.filter { !$0.isPublished }.compactMap(\.name) : []
    let room = names.map { SVGText.width(of: $0, size: FigureStyle.textSize) + 22 }.max()
    right = min(size.right, size.width - max(14, room ?? 0))
  }

  /// The document.
  var svg: String {
    let frame = FigureFrame(
      title: chart.title, description: description, entries: entries, notes: chart.notes)
    return frame.svg(height: height, drawing)
  }

  /// How high the drawing is.
  var height: Double { bottom + (size.namesX ? 38 : 22) }

  /// The drawing with its upper left corner at the origin.
  var drawing: String { axes + guides + chart.layers.map(layer).joined() + endNames }

  var description: String {
    let names = chart.layers.compactMap(\.name).unique
    let all = (names + chart.guides.map(\.label)).joined(separator: ", ")
    return "\(chart.y.label) against \(chart.x.label)" + (all.isEmpty ? "." : ": \(all).")
  }

  private static func ends(_ range: ClosedRange<Double>?) -> [Double] {
    range.map { [$0.lowerBound, $0.upperBound] } ?? []
  }

  /// The outer edges of histograms, whose bins are wider than their centres.
  private static func edges(of layers: [Chart.Layer]) -> [Double] {
    layers.filter { $0.form == .bars }.flatMap { layer in
      let half = halfBin(layer.points)
      return layer.points.flatMap { [$0.x - half, $0.x + half] }
    }
  }

  private static func halfBin(_ points: [Chart.Point]) -> Double {
    guard points.count > 1 else { return 0.5 }
    return (points[1].x - points[0].x) / 2
  }

  /// One entry for each name that does not stand at its line.
  var entries: [FigureFrame.Entry] {
    var entries: [FigureFrame.Entry] = []
    for layer in chart.layers {
      guard let name = layer.name, !entries.contains(where: { $0.name == name }),
        !chart.namesLines || layer.isPublished
      else { continue }
      entries.append(
        FigureFrame.Entry(
          name: name, index: layer.index, isMarked: layer.form.isMarked,
          isLine: layer.form.isLine, isPublished: layer.isPublished,
          isDashed: layer.form != .markedLine, isRing: layer.form == .rings))
    }
    // Published values come last, as what ours are set beside.
    let references = (chart.guides + chart.verticals).map(\.label).unique
    return entries.filter { !$0.isPublished } + entries.filter(\.isPublished)
      + references.map { label in
        FigureFrame.Entry(
          name: label, index: 0, isMarked: false, isLine: true, isPublished: false, isGuide: true)
      }
  }

  // MARK: - Axes

  private func place(_ point: Chart.Point, _ shift: Double = 0) -> (x: Double, y: Double) {
    (across(point.x) + shift, down(point.y))
  }

  private func across(_ value: Double) -> Double { left + x.place(value) * (right - left) }

  private func down(_ value: Double) -> Double { bottom - y.place(value) * (bottom - top) }

  private var axes: String {
    // The label stands above the axis, where it can be read without turning the head.
    var text = SVGText.text(chart.y.label, x: 10, y: 13, "label quiet")
    var above = 1e9
    for tick in y.ticks {
      let place = down(tick.value)
      text += SVGText.line("grid", from: (left, place), to: (right, place))
      // A label that would touch the one below it is left out; its line stays.
      guard above - place >= 14 else { continue }
      above = place
      text += SVGText.text(tick.label, x: left - 6, y: place + 4, "tick quiet", anchor: "end")
    }
    text += SVGText.line("axis", from: (left, bottom), to: (right, bottom))
    // From the last to the first: the end of an axis tells most.
    var next = 1e9
    for tick in x.ticks.reversed() {
      let place = across(tick.value)
      text += SVGText.line("axis", from: (place, bottom), to: (place, bottom + 4))
      let half = SVGText.width(of: tick.label, size: FigureStyle.textSize) / 2
      let middle = min(place, size.width - 3 - half)
      // A label that would touch its neighbour is left out; its mark stays.
      guard middle + half + 4 < next else { continue }
      text += SVGText.text(
        tick.label, x: middle, y: bottom + 17, "tick quiet", anchor: "middle")
      next = middle - half
    }
    guard size.namesX else { return text }
    return text
      + SVGText.text(
        chart.x.label, x: (left + right) / 2, y: bottom + 33, "label quiet", anchor: "middle")
  }

  private var guides: String {
    chart.guides.map { guide in
      SVGText.line("guide", from: (left, down(guide.value)), to: (right, down(guide.value)))
    }.joined()
      + chart.verticals.map { vertical in
        let place = across(vertical.value)
        return SVGText.line("guide", from: (place, top), to: (place, bottom))
      }.joined()
  }

  /// The names of lines at their right ends, moved apart where they would cover each other.
  private var endNames: String {
    guard chart.namesLines else { return "" }
    var ends: [(name: String, index: Int, from: (x: Double, y: Double), y: Double)] = []
    for layer in chart.layers where !layer.isPublished {
      guard let name = layer.name, let last = layer.points.last(where: { $0.y.isFinite }) else {
        continue
      }
      let from = place(last, layer.shift)
      ends.append((name, layer.index, from, from.y))
    }
    ends.sort { $0.y < $1.y }
    let gap = FigureStyle.textSize + 3
    for index in ends.indices.dropFirst() {
      ends[index].y = max(ends[index].y, ends[index - 1].y + gap)
    }
    // What was pushed out below comes back up.
    var limit = bottom
    for index in ends.indices.reversed() {
      ends[index].y = min(ends[index].y, limit)
      limit = ends[index].y - gap
    }
    return ends.map { end in
      let from = (x: end.from.x + 5, y: end.from.y)
      return SVGText.line("lead", from: from, to: (right + 7, end.y))
        + SVGText.text(end.name, x: right + 10, y: end.y + 4, "label")
    }.joined()
  }

  // MARK: - Data

  private func layer(_ layer: Chart.Layer) -> String {
    let points = layer.points.filter { $0.x.isFinite && $0.y.isFinite }
    guard !points.isEmpty else { return "" }
    let places = points.map { place($0, layer.shift) }
    // One point makes no line.
    let alone = points.count == 1 && layer.form.isLine ? marks(layer, places, radius: 3) : ""
    switch layer.form {
    case .markedLine:
      return line(layer, places) + bars(layer, points) + marks(layer, places, radius: 3.6)
    case .line: return line(layer, places) + alone
    case .marks: return bars(layer, points) + marks(layer, places, radius: 3.6)
    case .dots: return marks(layer, places, radius: 2)
    case .rings:
      return places.map { MarkerShape.ring(x: $0.x, y: $0.y, series: layer.index) }.joined()
    case .bars: return filled(layer, outline(points)) + line(layer, outline(points))
    case .band: return band(layer, points) + line(layer, places) + alone
    }
  }

  private func colour(_ layer: Chart.Layer) -> String {
    FigureStyle.colourClass(layer.index, isPublished: layer.isPublished)
  }

  private func line(_ layer: Chart.Layer, _ places: [(x: Double, y: Double)]) -> String {
    guard places.count > 1 else { return "" }
    let style = "\(colour(layer)) \(layer.isPublished ? "p" : "l")"
    // Where marks tell the lines apart, a broken line is a published one.
    let isDashed = !layer.isPublished && layer.form != .markedLine && layer.form != .bars
    let dash = isDashed ? FigureStyle.dash(layer.index) : ""
    return "<path class=\"\(style)\"\(dash) d=\"\(SVGText.path(places))\"/>\n"
  }

  private func marks(
    _ layer: Chart.Layer, _ places: [(x: Double, y: Double)], radius: Double
  ) -> String {
    places.map { place in
      MarkerShape(series: layer.index).svg(
        x: place.x, y: place.y, radius: radius, series: layer.index, isHollow: layer.isPublished)
    }.joined()
  }

  private func bars(_ layer: Chart.Layer, _ points: [Chart.Point]) -> String {
    var path = ""
    for point in points {
      let (x, y) = place(point, layer.shift)
      if let interval = point.interval {
        let (high, low) = (down(interval.upperBound), down(interval.lowerBound))
        path += SVGText.path([(x, high), (x, low)])
        path += SVGText.path([(x - 3, high), (x + 3, high)])
        path += SVGText.path([(x - 3, low), (x + 3, low)])
      }
      if let width = point.width {
        let (start, end) = (across(width.lowerBound), across(width.upperBound))
        path += SVGText.path([(start, y), (end, y)])
        path += SVGText.path([(start, y - 3), (start, y + 3)])
        path += SVGText.path([(end, y - 3), (end, y + 3)])
      }
    }
    guard !path.isEmpty else { return "" }
    return "<path class=\"\(colour(layer)) e\" d=\"\(path)\"/>\n"
  }

  private func outline(_ points: [Chart.Point]) -> [(x: Double, y: Double)] {
    let half = Self.halfBin(points)
    return points.flatMap { point in
      [
        (across(point.x - half), down(point.y)), (across(point.x + half), down(point.y)),
      ]
    }
  }

  /// The area of a histogram down to its axis.
  private func filled(_ layer: Chart.Layer, _ outline: [(x: Double, y: Double)]) -> String {
    guard let first = outline.first, let last = outline.last else { return "" }
    let area = [(x: first.x, y: bottom)] + outline + [(x: last.x, y: bottom)]
    return "<path class=\"\(colour(layer)) b\" d=\"\(SVGText.path(area))Z\"/>\n"
  }

  private func band(_ layer: Chart.Layer, _ points: [Chart.Point]) -> String {
    let ends = points.compactMap { point in
      point.interval.map {
        (x: across(point.x), low: down($0.lowerBound), high: down($0.upperBound))
      }
    }
    guard ends.count > 1 else { return "" }
    let outline = ends.map { (x: $0.x, y: $0.high) } + ends.reversed().map { (x: $0.x, y: $0.low) }
    return "<path class=\"\(colour(layer)) b\" d=\"\(SVGText.path(outline))Z\"/>\n"
  }
}

extension Chart.Form {
  fileprivate var isMarked: Bool {
    switch self {
    case .markedLine, .marks, .dots: true
    case .line, .rings, .bars, .band: false
    }
  }

  fileprivate var isLine: Bool {
    switch self {
    case .markedLine, .line, .bars, .band: true
    case .marks, .dots, .rings: false
    }
  }
}
