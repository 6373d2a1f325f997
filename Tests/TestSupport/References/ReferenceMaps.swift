/// Feature maps in Double for reference computations, in the engine's order: sample, row, column,
/// channel.
public struct ReferenceMaps: Equatable, Sendable {
  /// Samples.
  public let count: Int
  /// Rows.
  public let height: Int
  /// Columns.
  public let width: Int
  /// Channels.
  public let channels: Int
  /// The numbers.
  public var values: [Double]

  /// Maps from their numbers, or zeros.
  public init(count: Int, height: Int, width: Int, channels: Int, values: [Double]? = nil) {
    let size = count * height * width * channels
    precondition(values == nil || values?.count == size, "not \(size) values")
    self.count = count
    self.height = height
    self.width = width
    self.channels = channels
    self.values = values ?? Array(repeating: 0, count: size)
  }

  private func index(_ n: Int, _ y: Int, _ x: Int, _ c: Int) -> Int {
    ((n * height + y) * width + x) * channels + c
  }

  /// Whether a position lies inside the map.
  public func contains(_ y: Int, _ x: Int) -> Bool {
    (0..<height).contains(y) && (0..<width).contains(x)
  }

  /// One element; outside the map 0 is read and nothing is written, which is zero padding.
  public subscript(n: Int, y: Int, x: Int, c: Int) -> Double {
    get { contains(y, x) ? values[index(n, y, x, c)] : 0 }
    set { if contains(y, x) { values[index(n, y, x, c)] = newValue } }
  }
}
