import Model

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
      for index in Swift.stride(from: 0, to: count, by: 8) {
        store(
          load(target + index) + load(source + index), target + index, column: index, of: count)
      }
    }
  }

  /// self ← a + b, for some samples.
  func sum(_ a: FeatureMaps, _ b: FeatureMaps, _ samples: Range<Int>) {
    let isGapless = isGapless && a.isGapless && b.isGapless
    let (runs, length) = isGapless ? (1, shape.count) : (shape.positions, shape.channels)
    for sample in samples {
      let (target, first, second) = (self.sample(sample), a.sample(sample), b.sample(sample))
      for run in 0..<runs {
        let y = target + run * stride
        let (p, q) = (first + run * a.stride, second + run * b.stride)
        for index in Swift.stride(from: 0, to: length, by: 8) {
          store(load(p + index) + load(q + index), y + index, column: index, of: length)
        }
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

extension FeatureShape {
  /// How many positions of a sample without gaps may be written in whole vectors of eight, when they are
  /// written in their order: what goes over a position's last channel ends inside the sample.
  var spillingPositions: Int {
    let room = count - ChannelSums.padded(channels)
    return room < 0 ? 0 : room / channels + 1
  }
}
