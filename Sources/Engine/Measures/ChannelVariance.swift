import Model

/// The variance of each channel of a layer's output over the images and positions of many batches,
/// averaged over the channels (Liang, Khoo, Yang, section 5.2).
package struct ChannelVariance {
  private let maps: FeatureMaps
  private var sums: [Double]
  private var squares: [Double]
  private var rows = 0

  /// Of a layer of a network, which must outlive it; nil where no memory holds the layer's output after
  /// a forward pass.
  package init?(of layer: String, in network: Network) {
    guard let maps = network.maps(of: layer) else { return nil }
    self.maps = maps
    sums = Array(repeating: 0, count: maps.shape.channels)
    squares = sums
  }

  /// Adds the batch of the last forward pass.
  package mutating func add(count: Int) {
    let (channels, positions) = (maps.shape.channels, count * maps.shape.positions)
    rows += positions
    sums.withUnsafeMutableBufferPointer { sums in
      squares.withUnsafeMutableBufferPointer { squares in
        for position in 0..<positions {
          let row = maps.base + position * maps.stride
          for channel in 0..<channels {
            let value = Double(row[channel])
            sums[channel] += value
            squares[channel] += value * value
          }
        }
      }
    }
  }

  /// The mean of the channels' variances.
  package var mean: Double {
    guard rows > 0 else { return .nan }
    let n = Double(rows)
    var total = 0.0
    for channel in sums.indices {
      let average = sums[channel] / n
      total += max(0, squares[channel] / n - average * average)
    }
    return total / Double(sums.count)
  }
}
