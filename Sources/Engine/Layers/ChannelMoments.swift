/// Mean and variance of the channels of a buffer of maps, measured once for every reader, and what
/// the gradient of those maps still lacks.
///
/// A normalization hands down the gradient scale·δ and leaves the rest, which is the same line
/// −mean − slope·(x − centre) for every element of a channel, to whoever reads the gradient: the
/// lines of all normalizations that read a channel add up (Ioffe and Szegedy 2015, the derivative
/// through mean and variance).
final class ChannelMoments {
  /// The buffer, as wide as it gets.
  let maps: FeatureMaps
  /// The channels' means in the last training batch.
  let mean: UnsafeMutablePointer<Double>
  /// The variances, divided by n; not-a-number stays.
  let variance: UnsafeMutablePointer<Double>
  /// The means in Float.
  let centre: UnsafeMutablePointer<Float>
  /// What is still to be taken off each element's gradient.
  let lackingMean: UnsafeMutablePointer<Float>
  /// What is still to be taken off for each unit of x − centre.
  let lackingSlope: UnsafeMutablePointer<Float>
  /// Channels that some normalization measures already.
  private(set) var measured = 0

  // Not the context, which keeps these moments: each would keep the other, and the arena, for ever.
  private let arena: Arena
  private let lanes: LanePlan

  init(_ maps: FeatureMaps, arena: Arena, lanes: LanePlan) {
    self.arena = arena
    self.lanes = lanes
    self.maps = FeatureMaps(
      base: maps.base, shape: maps.shape.withChannels(maps.stride), stride: maps.stride)
    let channels = ChannelSums.padded(maps.stride)
    mean = arena.doubles(channels)
    variance = arena.doubles(channels)
    func floats() -> UnsafeMutablePointer<Float> {
      let values = arena.floats(channels)
      values.update(repeating: 0, count: channels)
      return values
    }
    centre = floats()
    lackingMean = floats()
    lackingSlope = floats()
  }

  /// The stages that measure the channels up to `channels`, as far as nobody measures them yet. To be
  /// asked for in the order of the forward pass. The last stage also forgets what gradients lack.
  func measuring(upTo channels: Int) -> [Stage] {
    let range = measured..<max(channels, measured)
    measured = range.upperBound
    guard !range.isEmpty else { return [] }
    let (lanes, positions) = (self.lanes, maps.shape.positions)
    let own = maps.channels(range)
    let padded = ChannelSums.padded(range.count)
    let pivots = arena.floats(lanes.count * padded)
    pivots.update(repeating: 0, count: lanes.count * padded)
    let count = ChannelSums.count(channels: range.count)
    let laneSums = arena.doubles(lanes.count * count)
    func sums(_ lane: Int) -> ChannelSums {
      ChannelSums(first: laneSums + lane * count, columns: padded)
    }
    return [
      Stage(.lanes) { part, pass in
        guard pass.isTraining else { return }
        let rows = own.rows(from: part.samples.lowerBound)
        let pivot = pivots + part.index * padded
        pivot.update(from: rows.base, count: range.count)
        sumDeviations(
          rows, rows: part.samples.count * positions, pivot: pivot, into: sums(part.index))
      },
      Stage(.whole) { [self] _, pass in
        for channel in range {
          (lackingMean[channel], lackingSlope[channel]) = (0, 0)
          guard pass.isTraining, pass.count > 0 else { continue }
          let column = channel - range.lowerBound
          // Chan, Golub and LeVeque's rule for the union of two samples.
          var (total, mean, squares) = (0.0, 0.0, 0.0)
          for lane in 0..<lanes.count {
            let size = Double(lanes.range(lane, samples: pass.count).count * positions)
            guard size > 0 else { continue }
            let sums = sums(lane)
            let deviation = sums.first[column] / size
            let laneMean = Double(pivots[lane * padded + column]) + deviation
            let laneSquares = sums.second[column] - size * deviation * deviation
            let distance = laneMean - mean
            let union = total + size
            mean += distance * (size / union)
            squares += laneSquares + distance * distance * (total * size / union)
            total = union
          }
          self.mean[channel] = mean
          // max lets not-a-number pass as 0, which would hide a diverged network.
          variance[channel] = squares.isNaN ? .nan : max(squares, 0) / total
          centre[channel] = Float(mean)
        }
      },
    ]
  }
}

/// The part of a gradient that its readers have to add: g = G − mean − slope·(x − centre).
struct LackingGradient {
  let moments: ChannelMoments
  /// The buffer's channels that the gradient is of.
  let channels: Range<Int>

  var x: FeatureMaps { moments.maps.channels(channels) }
  var centre: UnsafePointer<Float> { UnsafePointer(moments.centre + channels.lowerBound) }
  var mean: UnsafePointer<Float> { UnsafePointer(moments.lackingMean + channels.lowerBound) }
  var slope: UnsafePointer<Float> { UnsafePointer(moments.lackingSlope + channels.lowerBound) }

  /// The part that belongs to some of the channels, counted from the first.
  func channels(_ range: Range<Int>) -> LackingGradient {
    LackingGradient(
      moments: moments,
      channels: channels.lowerBound + range.lowerBound..<channels.lowerBound + range.upperBound)
  }
}
