extension FeatureMaps {
  /// Some channels of the maps, from `first` on: a slice that shares their memory.
  func channels(_ channels: Range<Int>) -> FeatureMaps {
    FeatureMaps(
      base: base + channels.lowerBound, shape: shape.withChannels(channels.count), stride: stride)
  }

  /// self ← other, for some samples; both have the same shape.
  func copy(_ other: FeatureMaps, _ samples: Range<Int>) {
    forEachRow(other, samples) { target, source, count in
      target.update(from: source, count: count)
    }
  }

  /// self ← self + other, for some samples.
  func add(_ other: FeatureMaps, _ samples: Range<Int>) {
    forEachRow(other, samples) { target, source, count in
      for index in 0..<count { target[index] += source[index] }
    }
  }

  /// self ← a + b, for some samples.
  func sum(_ a: FeatureMaps, _ b: FeatureMaps, _ samples: Range<Int>) {
    for sample in samples {
      let (target, first, second) = (self.sample(sample), a.sample(sample), b.sample(sample))
      for position in 0..<shape.positions {
        let y = target + position * stride
        let (p, q) = (first + position * a.stride, second + position * b.stride)
        for channel in 0..<shape.channels { y[channel] = p[channel] + q[channel] }
      }
    }
  }

  /// Calls `body` with rows of numbers that lie side by side in both maps, as long as possible.
  @inline(__always)
  private func forEachRow(
    _ other: FeatureMaps, _ samples: Range<Int>,
    _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  ) {
    for sample in samples {
      let (target, source) = (self.sample(sample), other.sample(sample))
      if isGapless, other.isGapless {
        body(target, source, shape.count)
        continue
      }
      for position in 0..<shape.positions {
        body(target + position * stride, source + position * other.stride, shape.channels)
      }
    }
  }
}
