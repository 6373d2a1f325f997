#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Local response normalization in Double, by the definition.
package struct LocalResponseNormalizationReference {
  /// Whether neighbours are channels; otherwise they are positions.
  package var acrossChannels: Bool
  /// Extent of the neighbourhood.
  package var size: Int
  /// α, divided by the number of neighbours.
  package var alpha: Double
  /// β.
  package var beta: Double
  /// k.
  package var k: Double

  /// A normalization.
  package init(acrossChannels: Bool, size: Int, alpha: Double, beta: Double, k: Double) {
    self.acrossChannels = acrossChannels
    self.size = size
    self.alpha = alpha
    self.beta = beta
    self.k = k
  }

  /// The numbers around one, itself included; those outside the map are left out.
  private func neighbours(_ x: ReferenceMaps, _ index: Int) -> [Int] {
    let reach = -(size / 2)...size / 2
    let (position, c) = index.quotientAndRemainder(dividingBy: x.channels)
    if acrossChannels {
      return reach.filter { (0..<x.channels).contains(c + $0) }.map { index + $0 }
    }
    let (row, column) = (position / x.width % x.height, position % x.width)
    return reach.flatMap { dy in
      reach.filter { x.contains(row + dy, column + $0) }.map {
        index + (dy * x.width + $0) * x.channels
      }
    }
  }

  private var share: Double { alpha / Double(acrossChannels ? size : size * size) }

  private func divisor(_ x: ReferenceMaps, _ index: Int) -> Double {
    neighbours(x, index).reduce(k) { $0 + share * x.values[$1] * x.values[$1] }
  }

  /// The normalized maps.
  package func forward(_ x: ReferenceMaps) -> ReferenceMaps {
    var y = x
    for index in x.values.indices { y.values[index] *= pow(divisor(x, index), -beta) }
    return y
  }

  /// ∂L/∂x, by the chain rule through every neighbourhood.
  package func backward(_ x: ReferenceMaps, _ delta: ReferenceMaps) -> ReferenceMaps {
    var gradient = x
    for index in x.values.indices {
      gradient.values[index] = delta.values[index] * pow(divisor(x, index), -beta)
    }
    for index in x.values.indices {
      let inner =
        delta.values[index] * x.values[index] * -beta * pow(divisor(x, index), -beta - 1)
      for neighbour in neighbours(x, index) {
        gradient.values[neighbour] += inner * 2 * share * x.values[neighbour]
      }
    }
    return gradient
  }
}
