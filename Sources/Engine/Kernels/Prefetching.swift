import CBLASShim

extension FeatureMaps {
  /// Floats of a line of the cache.
  private static var lineFloats: Int { 16 }

  /// Begins to bring one of some equal parts of a range of positions near, which are counted through all
  /// samples: what is read or written between products would else be waited for, line by line.
  @inline(__always)
  func prefetch(_ range: Range<Int>, part: Int, of parts: Int) {
    let share = (range.count + parts - 1) / parts
    let first = min(range.lowerBound + part * share, range.upperBound)
    let end = min(first + share, range.upperBound)
    if stride == shape.channels {
      for place in Swift.stride(from: first * stride, to: end * stride, by: Self.lineFloats) {
        regbench_prefetch(base + place)
      }
      return
    }
    for position in first..<end {
      for channel in Swift.stride(from: 0, to: shape.channels, by: Self.lineFloats) {
        regbench_prefetch(base + position * stride + channel)
      }
    }
  }
}
