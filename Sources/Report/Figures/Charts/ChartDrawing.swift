struct ChartDrawing {
  private let chart: Chart
  private let x: FittedAxis
  private let y: FittedAxis
  private let left: Double
  private let right = FigureStyle.width - 14
  private let top = 24.0
  private let bottom = 234.0

  /// Fits the axes to the data.
  init(_ chart: Chart) {
    self.chart = chart
    let points = chart.layers.flatMap(\.points)
    x = chart.x.fitted(
      to: points.flatMap { [$0.x] + Self.ends($0.width) } + Self.edges(of: chart.layers))
    y = chart.y.fitted(
      to: points.flatMap { [$0.y] + Self.ends($0.interval) } + chart.guides.map(\.value))
    let labels = y.ticks.map { SVGText.width(of: $0.label, size: FigureStyle.textSize) }
    left = 18 + (labels.max() ?? 0)
  }

  /// The document.
  var svg: String {
    let frame = FigureFrame(
      title: chart.title, description: description, entries: entries, notes: chart.notes)
    return frame.svg(height: bottom + 38, axes + guides + chart.layers.map(layer).joined())
  }

  private var description: String {
    let names = entries.map(\.name).joined(separator: ", ")
    return "\(chart.y.label) against \(chart.x.label)" + (names.isEmpty ? "." : ": \(names).")
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

  /// One entry for each name.
  private var entries: [FigureFrame.Entry] {
    var entries: [FigureFrame.Entry] = []
    for layer in chart.layers {
      guard let name = layer.name, !entries.contains(where: { $0.name == name }) else { continue }
      let isMarked = [.markedLine, .marks, .dots].contains(layer.form)
      entries.append(
        FigureFrame.Entry(
          name: name, index: layer.index, isMarked: isMarked,
          isLine: layer.form != .marks && layer.form != .dots, isPublished: layer.isPublished,
          isDashed: layer.form != .markedLine))
    }
    // Published values come last, as what ours are set beside.
    return entries.filter { !$0.isPublished } + entries.filter(\.isPublished)
      + chart.guides.map { guide in
        FigureFrame.Entry(
          name: guide.label, index: 0, isMarked: false, isLine: true, isPublished: false,
          isGuide: true)
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
    for tick in y.ticks {
      let place = down(tick.value)
      text += SVGText.line("grid", from: (left, place), to: (right, place))
      text += SVGText.text(tick.label, x: left - 6, y: place + 4, "tick quiet", anchor: "end")
    }
    text += SVGText.line("axis", from: (left, bottom), to: (right, bottom))
    var end = -1000.0
    for tick in x.ticks {
      let place = across(tick.value)
      text += SVGText.line("axis", from: (place, bottom), to: (place, bottom + 4))
      let half = SVGText.width(of: tick.label, size: FigureStyle.textSize) / 2
      // A label that would touch its neighbour is left out; its mark stays.
      guard place - half > end + 4 else { continue }
      let middle = min(place, FigureStyle.width - 3 - half)
      text += SVGText.text(
        tick.label, x: middle, y: bottom + 17, "tick quiet", anchor: "middle")
      end = middle + half
    }
    return text
      + SVGText.text(
        chart.x.label, x: (left + right) / 2, y: bottom + 33, "label quiet", anchor: "middle")
  }

  private var guides: String {
    chart.guides.map { guide in
      SVGText.line("guide", from: (left, down(guide.value)), to: (right, down(guide.value)))
    }.joined()
  }

  // MARK: - Data

  private func layer(_ layer: Chart.Layer) -> String {
    let points = layer.points.filter { $0.x.isFinite && $0.y.isFinite }
    guard !points.isEmpty else { return "" }
    let places = points.map { place($0, layer.shift) }
    switch layer.form {
    case .markedLine:
      return line(layer, places) + bars(layer, points) + marks(layer, places, radius: 3.6)
    case .line: return line(layer, places)
    case .marks: return bars(layer, points) + marks(layer, places, radius: 3.6)
    case .dots: return marks(layer, places, radius: 2)
    case .bars: return line(layer, outline(points))
    case .band: return band(layer, points) + line(layer, places)
    }
  }

  private func line(_ layer: Chart.Layer, _ places: [(x: Double, y: Double)]) -> String {
    let style = "\(FigureStyle.colourClass(layer.index)) \(layer.isPublished ? "p" : "l")"
    // Where marks tell the lines apart, a broken line is a published one.
    let isDashed = !layer.isPublished && layer.form != .markedLine
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
    return "<path class=\"\(FigureStyle.colourClass(layer.index)) e\" d=\"\(path)\"/>\n"
  }

  private func outline(_ points: [Chart.Point]) -> [(x: Double, y: Double)] {
    let half = Self.halfBin(points)
    return points.flatMap { point in
      [
        (across(point.x - half), down(point.y)), (across(point.x + half), down(point.y)),
      ]
    }
  }

  private func band(_ layer: Chart.Layer, _ points: [Chart.Point]) -> String {
    let ends = points.compactMap { point in
      point.interval.map {
        (x: across(point.x), low: down($0.lowerBound), high: down($0.upperBound))
      }
    }
    guard ends.count > 1 else { return "" }
    let outline = ends.map { (x: $0.x, y: $0.high) } + ends.reversed().map { (x: $0.x, y: $0.low) }
    return "<path class=\"\(FigureStyle.colourClass(layer.index)) b\" "
      + "d=\"\(SVGText.path(outline))Z\"/>\n"
  }
}
