import Canonical
import Study

/// Several charts in one figure: below each other, each with axes of its own, or small ones side by side
/// with axes in common.
struct ChartPanels {
  var title: String
  /// Sentences below all of them.
  var notes: [String] = []

  private static let columns = 2
  private static let smallHeight = 92.0

  /// Charts below each other, the first as high as a chart of its own.
  func stacked(_ charts: [Chart]) -> String {
    // Equal values of the horizontal axes stand below each other.
    let alone = charts.map { ChartDrawing($0) }
    let left = alone.map(\.left).max() ?? 0
    let right = alone.map(\.right).min() ?? FigureStyle.width
    let drawings = charts.enumerated().map { index, chart in
      ChartDrawing(
        chart,
        .init(
          plotHeight: index == 0 ? 200 : 120, namesX: index == charts.count - 1, left: left,
          right: right), sharing: [chart])
    }
    var y = 0.0
    var text = ""
    for drawing in drawings {
      text += Self.group(x: 0, y: y, drawing.drawing)
      y += drawing.height
    }
    return frame(drawings, entries: drawings.flatMap(\.entries).unique(by: \.name)).svg(
      height: y, text)
  }

  /// Charts in two columns, each below its title, in the same axes: what lies higher is larger.
  func multiples(_ titled: [Chart]) -> String {
    let width = FigureStyle.width / Double(Self.columns)
    let charts = titled.map { chart in
      var chart = chart
      chart.y.label = chart.title
      return chart
    }
    let drawings = charts.map { chart in
      ChartDrawing(
        chart, .init(width: width, plotHeight: Self.smallHeight, namesX: false), sharing: charts)
    }
    guard let first = drawings.first else { return frame([], entries: []).svg(height: 0, "") }
    let rows = (charts.count + Self.columns - 1) / Self.columns
    let height = first.height + 6
    let text = drawings.enumerated().map { index, drawing in
      Self.group(
        x: Double(index % Self.columns) * width, y: 18 + Double(index / Self.columns) * height,
        drawing.drawing)
    }.joined()
    let below = 18 + Double(rows) * height
    let labels =
      SVGText.text(titled[0].y.label, x: 10, y: 12, "label quiet")
      + SVGText.text(
        titled[0].x.label, x: FigureStyle.width / 2, y: below + 8, "label quiet",
        anchor: "middle")
    return frame(drawings, entries: drawings.flatMap(\.entries).unique(by: \.name))
      .svg(height: below + 16, labels + text)
  }

  private static func group(x: Double, y: Double, _ drawing: String) -> String {
    "<g transform=\"translate(\(SVGText.number(x)) \(SVGText.number(y)))\">\n\(drawing)</g>\n"
  }

  private func frame(_ drawings: [ChartDrawing], entries: [FigureFrame.Entry]) -> FigureFrame {
    FigureFrame(
      title: title, description: drawings.map(\.description).joined(separator: " "),
      entries: entries, notes: notes)
  }

}
