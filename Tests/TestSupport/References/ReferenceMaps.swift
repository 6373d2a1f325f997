/// Feature maps in Double for reference computations, in the engine's order: sample, row, column,
/// channel.
package struct ReferenceMaps: Equatable, Sendable {
  /// Samples.
  package let count: Int
  /// Rows.
  package let height: Int
  /// Columns.
  package let width: Int
  /// Channels.
  package let channels: Int
  /// The numbers.
  package var values: [Double]

  /// Maps from their numbers, or zeros.
  package init(count: Int, height: Int, width: Int, channels: Int, values: [Double]? = nil) {
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
  package func contains(_ y: Int, _ x: Int) -> Bool {
    (0..<height).contains(y) && (0..<width).contains(x)
  }

  /// One element; outside the map 0 is read and nothing is written, which is zero padding.
  package subscript(n: Int, y: Int, x: Int, c: Int) -> Double {
    get { contains(y, x) ? values[index(n, y, x, c)] : 0 }
    set { if contains(y, x) { values[index(n, y, x, c)] = newValue } }
  }
}
