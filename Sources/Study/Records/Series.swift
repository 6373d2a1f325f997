/// One point of a curve that a run leaves behind.
public struct SeriesPoint: Hashable, Sendable {
  /// The curve it is on.
  public var curve: String
  /// Where it is.
  public var x: Double
  /// What was measured or computed there.
  public var y: Double

  /// Joins a curve's name and two numbers.
  public init(curve: String, x: Double, y: Double) {
    self.curve = curve
    self.x = x
    self.y = y
  }
}

/// The curves of one kind that a run leaves behind, curve by curve.
public struct Series: Hashable, Sendable {
  /// The kind, which is also a file's name: `predictions`.
  public var name: String
  /// The points in the order of curves, then of x.
  public var points: [SeriesPoint]

  /// Joins a name and points.
  public init(name: String, points: [SeriesPoint]) {
    self.name = name
    self.points = points
  }
}
