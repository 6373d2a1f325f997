/// Maximum or average over windows in Double. Windows are clipped at the far border; the average
/// is over what lies inside.
package struct PoolingReference {
  /// Whether the largest value is taken instead of the mean.
  package var isMaximum: Bool
  /// Rows and columns of a window.
  package var window: Int
  /// Step between windows.
  package var stride: Int
  /// Rows and columns of the output.
  package var outputSize: (height: Int, width: Int)

  /// A pooling with a given output size, which decides between floor and ceil rounding.
  package init(isMaximum: Bool, window: Int, stride: Int, outputSize: (height: Int, width: Int)) {
    self.isMaximum = isMaximum
    self.window = window
    self.stride = stride
    self.outputSize = outputSize
  }

  /// The pooled maps.
  package func forward(_ x: ReferenceMaps) -> ReferenceMaps {
    var u = output(for: x)
    forEachWindow(x) { n, y, column, c, places in
      let values = places.map { x[n, $0.0, $0.1, c] }
      u[n, y, column, c] =
        isMaximum ? values.max() ?? 0 : values.reduce(0, +) / Double(values.count)
    }
    return u
  }

  /// ∂L/∂x; the gradient of a maximum goes to the first of equal values.
  package func backward(_ x: ReferenceMaps, _ delta: ReferenceMaps) -> ReferenceMaps {
    var gradient = ReferenceMaps(
      count: x.count, height: x.height, width: x.width, channels: x.channels)
    forEachWindow(x) { n, y, column, c, places in
      let d = delta[n, y, column, c]
      guard isMaximum else {
        for (py, px) in places { gradient[n, py, px, c] += d / Double(places.count) }
        return
      }
      let largest = places.map { x[n, $0.0, $0.1, c] }.max()
      if let first = places.first(where: { x[n, $0.0, $0.1, c] == largest }) {
        gradient[n, first.0, first.1, c] += d
      }
    }
    return gradient
  }

  private func output(for x: ReferenceMaps) -> ReferenceMaps {
    ReferenceMaps(
      count: x.count, height: outputSize.height, width: outputSize.width, channels: x.channels)
  }

  private func forEachWindow(
    _ x: ReferenceMaps, _ body: (Int, Int, Int, Int, [(Int, Int)]) -> Void
  ) {
    for n in 0..<x.count {
      for y in 0..<outputSize.height {
        for column in 0..<outputSize.width {
          var places: [(Int, Int)] = []
          for ky in 0..<window {
            for kx in 0..<window {
              let place = (y * stride + ky, column * stride + kx)
              if x.contains(place.0, place.1) { places.append(place) }
            }
          }
          for c in 0..<x.channels { body(n, y, column, c, places) }
        }
      }
    }
  }
}
