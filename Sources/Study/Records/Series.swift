import Canonical

/// One point of a curve.
package struct SeriesPoint: Hashable, Sendable {
  /// The curve's name, for example a parameter's.
  package var curve: String
  /// What the curve is drawn against.
  package var x: Double
  /// The value; not-a-number where there is none.
  package var y: Double

  package init(curve: String, x: Double, y: Double) {
    self.curve = curve
    self.x = x
    self.y = y
  }
}

/// What one run has measured beside its numbers: named curves, or the pictures of filters.
package struct Series: Sendable {
  /// The name, which is also that of its file below `series/`.
  package var name: String
  /// The points, curve by curve, each from small x to large.
  package var points: [SeriesPoint]
  /// Pictures, in the series called `filters`; none in all others.
  package var images: [FilterImage]

  /// A series of curves.
  package init(name: String, points: [SeriesPoint]) {
    self.name = name
    self.points = points
    images = []
  }

  /// The series called `filters`.
  package init(images: [FilterImage]) {
    name = Self.filters
    points = []
    self.images = images
  }

  /// The name of the series of pictures.
  package static let filters = "filters"

  /// Whether there is nothing in it.
  package var isEmpty: Bool { points.isEmpty && images.isEmpty }
}

extension Series {
  /// The columns of a series behind those that say which run it is.
  static func columns(of name: String) -> [String] {
    name == filters ? FilterImage.columns : ["curve", "x", "y"]
  }

  /// One list of fields for each point or picture, in the order of `columns`.
  var rows: [[String]] {
    points.map { [$0.curve, $0.x.shortestText, $0.y.shortestText] } + images.map(\.fields)
  }

  /// Reads what `rows` gave; nil if a row is anything else.
  init?(name: String, rows: [[String]]) {
    if name == Self.filters {
      let images = rows.compactMap { FilterImage(fields: $0) }
      guard images.count == rows.count else { return nil }
      self.init(images: images)
    } else {
      let points = rows.compactMap { fields -> SeriesPoint? in
        guard fields.count == 3, let x = Double(fields[1]), let y = Double(fields[2]) else {
          return nil
        }
        return SeriesPoint(curve: fields[0], x: x, y: y)
      }
      guard points.count == rows.count else { return nil }
      self.init(name: name, points: points)
    }
  }

  /// Every number keeps its value.
  package var json: JSONValue {
    .object(["name": .string(name), "rows": .string(rows.map(CSV.row).joined())])
  }

  /// Reads what `json` wrote; nil if it is anything else.
  package init?(_ json: JSONValue) {
    // The name becomes that of a file, whoever wrote the line.
    guard let name = json["name"]?.stringValue, (try? PathComponent(name)) != nil,
      let text = json["rows"]?.stringValue,
      case .success(let rows) = CSV.parse(text)
    else { return nil }
    self.init(name: name, rows: rows.map(\.fields))
  }

  /// Identifies the content of a run's series, whatever their order: 16 hexadecimal digits, or nothing
  /// where there is nothing.
  package static func digest(_ series: [Series]) -> String {
    let all = series.filter { !$0.isEmpty }.sorted { $0.name < $1.name }
    guard !all.isEmpty else { return "" }
    let text = all.map { "\($0.name)\n\($0.rows.map(CSV.row).joined())" }.joined(separator: "\n")
    return String(SHA256.hex(Array(text.utf8)).prefix(16))
  }
}

extension Series: Equatable {
  /// Series are equal when their rows are, so that one with a not-a-number equals itself.
  package static func == (a: Series, b: Series) -> Bool { a.name == b.name && a.rows == b.rows }
}
