import CBLASShim

/// What the caches of usual processors hold, so that nothing of it need be brought near.
enum NearMemory {
  /// Floats that one thread uses again and again.
  static let threadFloats = 1 << 17
  /// Floats of maps that all threads pass through.
  static let sharedFloats = 1 << 19
}

/// Floats of a line of the cache.
private let lineFloats = 16

extension FeatureMaps {
  /// Begins to bring one of some equal parts of a range of positions near, which are counted through all
  /// samples: what is read or written between products would else be waited for, line by line.
  @inline(__always)
  func prefetch(_ range: Range<Int>, part: Int, of parts: Int) {
    let size = (range.count + parts - 1) / parts
    let start = min(range.lowerBound + part * size, range.upperBound)
    let positions = start..<min(start + size, range.upperBound)
    if stride == shape.channels {
      let (first, end) = (positions.lowerBound * stride, positions.upperBound * stride)
      for place in Swift.stride(from: first, to: end, by: lineFloats) {
        regbench_prefetch(base + place)
      }
      return
    }
    for position in positions {
      for channel in Swift.stride(from: 0, to: shape.channels, by: lineFloats) {
        regbench_prefetch(base + position * stride + channel)
      }
    }
  }
}
