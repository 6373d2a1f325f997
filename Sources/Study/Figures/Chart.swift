/// A chart before it is drawn: axes and what lies between them.
package struct Chart: Sendable {
  package var title: String
  /// The horizontal axis.
  package var x: ChartAxis
  /// The vertical axis.
  package var y: ChartAxis
  /// What is drawn, the first at the back.
  package var layers: [Layer]
  /// Horizontal reference lines with what they mean.
  package var guides: [(value: Double, label: String)]
  /// Vertical reference lines with what they mean.
  package var verticals: [(value: Double, label: String)]
  /// Sentences below the chart.
  package var notes: [String]
  /// Whether the names of lines stand at their ends instead of in a legend.
  package var namesLines: Bool

  package init(
    title: String, x: ChartAxis, y: ChartAxis, layers: [Layer],
    guides: [(value: Double, label: String)] = [],
    verticals: [(value: Double, label: String)] = [], notes: [String] = [],
    namesLines: Bool = false
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.layers = layers
    self.guides = guides
    self.verticals = verticals
    self.notes = notes
    self.namesLines = namesLines
  }

  /// A point, with the ends of its bars or of the band that it belongs to.
  package struct Point: Sendable {
    /// Where it lies.
    package var x: Double
    /// Where it lies.
    package var y: Double
    /// The vertical interval around it.
    package var interval: ClosedRange<Double>?
    /// The horizontal interval around it.
    package var width: ClosedRange<Double>?

    /// A point without a horizontal interval.
    package init(_ x: Double, _ y: Double, interval: ClosedRange<Double>? = nil) {
      self.x = x
      self.y = y
      self.interval = interval
    }
  }

  /// How points become a drawing.
  package enum Form: Sendable {
    /// A line with a mark and, where there is an interval, a bar at each point.
    case markedLine
    /// A line alone.
    case line
    /// Marks and bars alone.
    case marks
    /// Small dots, for many of them.
    case dots
    /// Rings around points that other layers draw: what was chosen among them.
    case rings
    /// The outline of a histogram whose bins are centred at the points.
    case bars
    /// The area between the ends of the intervals, with the points' line in it.
    case band
  }

  /// Points that belong together.
  package struct Layer: Sendable {
    /// What the legend calls it; several layers of one name are listed once, nil is not listed.
    package var name: String?
    /// Which colour, mark and dash: equal numbers look alike in all charts of a figure.
    package var index: Int
    /// How it is drawn.
    package var form: Form
    /// Whether it is published, not ours: hollow marks and a dashed line in a colour of their own.
    package var isPublished: Bool
    /// In the order of the line.
    package var points: [Point]
    /// Moved to the right by so much, so that bars at one place can be told apart.
    package var shift: Double

    package init(
      name: String? = nil, index: Int, form: Form, isPublished: Bool = false, points: [Point],
      shift: Double = 0
    ) {
      self.name = name
      self.index = index
      self.form = form
      self.isPublished = isPublished
      self.points = points
      self.shift = shift
    }
  }
}

/// One axis of a chart: its label, its scale, and what it shows.
package struct ChartAxis: Sendable {
  /// How values become places.
  package enum Scale: Sendable {
    case linear
    case logarithmic
  }

  /// What is measured, with its unit: `test error (%)`.
  package var label: String
  package var scale: Scale
  /// What must be visible beside the data: `0` where lengths are compared.
  package var includes: [Double]
  /// Where marks stand, if not at round numbers.
  package var marks: [Double]

  package init(
    label: String, scale: Scale = .linear, includes: [Double] = [], marks: [Double] = []
  ) {
    self.label = label
    self.scale = scale
    self.includes = includes
    self.marks = marks
  }
}
