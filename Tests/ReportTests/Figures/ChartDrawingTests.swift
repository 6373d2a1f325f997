import Study
import Testing

@testable import Report

@Suite struct ChartDrawingTests {
  private func chart(_ form: Chart.Form, isPublished: Bool = false) -> Chart {
    Chart(
      title: "Errors & <more>", x: ChartAxis(label: "epoch"), y: ChartAxis(label: "error (%)"),
      layers: [
        Chart.Layer(
          name: "Dropout", index: 1, form: form, isPublished: isPublished,
          points: [
            Chart.Point(0, 4, interval: 3...5), Chart.Point(1, .nan), Chart.Point(2, 2),
            Chart.Point(3, 1, interval: 0...2),
          ])
      ], guides: [(2.5, "half")], notes: ["A note."])
  }

  @Test(arguments: [
    Chart.Form.markedLine, .line, .marks, .dots, .bars, .band, .rings,
  ])
  func `every form is sound markup`(form: Chart.Form) throws {
    let svg = ChartDrawing(chart(form)).svg
    #expect(try XMLOutline(svg).isBalanced)
    #expect(!svg.contains("nan"))
    #expect(svg.contains("Errors &amp; &lt;more&gt;"))
    #expect(svg == ChartDrawing(chart(form)).svg)
  }

  @Test func `published values are hollow and dashed`() {
    let ours = ChartDrawing(chart(.markedLine)).svg
    #expect(ours.contains("class=\"c1 l\"") && ours.contains("class=\"c1 m\""))
    #expect(!ours.contains("class=\"pub") && !ours.contains(" h\""))
    let published = ChartDrawing(chart(.markedLine, isPublished: true)).svg
    #expect(published.contains("class=\"pub p\"") && published.contains("class=\"pub h\""))
    #expect(!published.contains("class=\"c1 m\""))
  }

  @Test func `the legend stands above the drawing`() throws {
    let svg = ChartDrawing(chart(.line)).svg
    let legend = try #require(svg.ranges(of: "class=\"legend\"").last?.lowerBound)
    let drawing = try #require(svg.ranges(of: "<g transform=\"translate(0 ").first?.lowerBound)
    #expect(legend < drawing)
    #expect(svg.contains(">half</text>"))
    #expect(svg.contains("<desc>error (%) against epoch: Dropout, half.</desc>"))
  }

  @Test(arguments: [Chart.Form.line, .band])
  func `a point alone has a mark`(form: Chart.Form) {
    var chart = chart(form)
    chart.layers[0].points = [Chart.Point(1, 2)]
    #expect(ChartDrawing(chart).svg.contains("class=\"c1 m\""))
  }

  @Test func `names at the ends of lines cover neither each other nor the edge`() throws {
    var chart = chart(.line)
    chart.namesLines = true
    chart.layers = (0..<6).map { index in
      Chart.Layer(
        name: "line \(index)", index: index, form: .line,
        points: [Chart.Point(0, 1), Chart.Point(1, 1 + Double(index) / 100)])
    }
    let svg = ChartDrawing(chart).svg
    #expect(svg.ranges(of: "class=\"legend\"").count == 1)
    let places = try svg.split(separator: "<text class=\"label\" x=\"").dropFirst().map { text in
      try #require(Double(text.split(separator: "\"")[2]))
    }.sorted()
    #expect(places.count == 6)
    #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 > 12 })
  }

  @Test func `small charts share their axes and have a title each`() throws {
    var one = chart(.bars)
    one.title = "One"
    var other = one
    other.title = "Other"
    other.layers[0].points = [Chart.Point(0, 40), Chart.Point(1, 80)]
    let svg = ChartPanels(title: "Both", notes: ["Below."]).multiples([one, other])
    #expect(try XMLOutline(svg).isBalanced)
    for word in ["One", "Other", "Both", "Below.", "epoch", "error (%)"] {
      #expect(svg.contains(">\(word)</text>"))
    }
    #expect(svg.ranges(of: ">80</text>").count == 2)
  }

  @Test func `light and dark come from the reader`() {
    let svg = ChartDrawing(chart(.line)).svg
    #expect(svg.contains("@media (prefers-color-scheme:dark)"))
  }

  @Test func `a chart without points is still a chart`() throws {
    var empty = chart(.band)
    empty.layers = []
    #expect(try XMLOutline(ChartDrawing(empty).svg).isBalanced)
  }

  @Test func `colour is never the only difference`() {
    let corners = (0..<FigureStyle.colours.count).map { index in
      MarkerShape(series: index).svg(x: 0, y: 0, radius: 1, series: 0, isHollow: false)
    }
    #expect(Set(corners).count == corners.count)
  }
}
