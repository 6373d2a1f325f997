/// A chart before it is drawn: axes and what lies between them.
struct Chart {
  var title: String
  /// The horizontal axis.
  var x: ChartAxis
  /// The vertical axis.
  var y: ChartAxis
  /// What is drawn, the first at the back.
  var layers: [Layer] = []
  /// Horizontal reference lines with what they mean.
  var guides: [(value: Double, label: String)] = []
  /// Vertical reference lines with what they mean.
  var verticals: [(value: Double, label: String)] = []
  /// Sentences below the chart.
  var notes: [String] = []
  /// Whether the names of lines stand at their ends instead of in a legend.
  var namesLines = false

  /// A point, with the ends of its bars or of the band that it belongs to.
  struct Point {
    /// Where it lies.
    var x: Double
    /// Where it lies.
    var y: Double
    /// The vertical interval around it.
    var interval: ClosedRange<Double>?
    /// The horizontal interval around it.
    var width: ClosedRange<Double>?

    /// A point without intervals.
    init(_ x: Double, _ y: Double, interval: ClosedRange<Double>? = nil) {
      self.x = x
      self.y = y
      self.interval = interval
    }
  }

  /// How points become a drawing.
  enum Form {
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
  struct Layer {
    /// What the legend calls it; several layers of one name are listed once, nil is not listed.
    var name: String?
    /// Which colour, mark and dash: equal numbers look alike in all charts of a figure.
    var index: Int
    /// How it is drawn.
    var form: Form
    /// Whether it is published, not ours: hollow marks and a dashed line in a colour of their own.
    var isPublished = false
    /// In the order of the line.
    var points: [Point]
    /// Moved to the right by so much, so that bars at one place can be told apart.
    var shift = 0.0
  }
}
