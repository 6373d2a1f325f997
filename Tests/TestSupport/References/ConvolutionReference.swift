/// Two-dimensional cross-correlation in Double, by the definition: a loop over everything.
package struct ConvolutionReference {
  /// Filters: `count` is the output channels, `channels` the input channels.
  package var filters: ReferenceMaps
  /// One for each output channel.
  package var bias: [Double]
  /// Step between windows.
  package var stride: Int
  /// Zeros on each side.
  package var padding: Int

  /// A layer from its parameters.
  package init(filters: ReferenceMaps, bias: [Double], stride: Int = 1, padding: Int = 0) {
    self.filters = filters
    self.bias = bias
    self.stride = stride
    self.padding = padding
  }

  /// The gradients of a loss.
  package struct Gradients: Equatable {
    /// ∂L/∂ input.
    package var input: ReferenceMaps
    /// ∂L/∂ filters.
    package var filters: ReferenceMaps
    /// ∂L/∂ bias.
    package var bias: [Double]
  }

  /// The output maps.
  package func forward(_ x: ReferenceMaps) -> ReferenceMaps {
    var u = ReferenceMaps(
      count: x.count, height: (x.height + 2 * padding - filters.height) / stride + 1,
      width: (x.width + 2 * padding - filters.width) / stride + 1, channels: filters.count)
    forEachTap(x, u) { n, y, column, out, sourceY, sourceX, ky, kx, c in
      u[n, y, column, out] += x[n, sourceY, sourceX, c] * filters[out, ky, kx, c]
    }
    for index in u.values.indices { u.values[index] += bias[index % filters.count] }
    return u
  }

  /// The gradients for δ = ∂L/∂U.
  package func backward(_ x: ReferenceMaps, _ delta: ReferenceMaps) -> Gradients {
    var input = ReferenceMaps(
      count: x.count, height: x.height, width: x.width, channels: x.channels)
    var weights = ReferenceMaps(
      count: filters.count, height: filters.height, width: filters.width,
      channels: filters.channels)
    forEachTap(x, delta) { n, y, column, out, sourceY, sourceX, ky, kx, c in
      let d = delta[n, y, column, out]
      input[n, sourceY, sourceX, c] += d * filters[out, ky, kx, c]
      weights[out, ky, kx, c] += d * x[n, sourceY, sourceX, c]
    }
    var bias = [Double](repeating: 0, count: filters.count)
    for (index, d) in delta.values.enumerated() { bias[index % filters.count] += d }
    return Gradients(input: input, filters: weights, bias: bias)
  }

  private func forEachTap(
    _ x: ReferenceMaps, _ u: ReferenceMaps,
    _ body: (Int, Int, Int, Int, Int, Int, Int, Int, Int) -> Void
  ) {
    for n in 0..<u.count {
      for y in 0..<u.height {
        for column in 0..<u.width {
          for out in 0..<u.channels {
            for ky in 0..<filters.height {
              for kx in 0..<filters.width {
                let sourceY = y * stride + ky - padding
                let sourceX = column * stride + kx - padding
                for c in 0..<x.channels {
                  body(n, y, column, out, sourceY, sourceX, ky, kx, c)
                }
              }
            }
          }
        }
      }
    }
  }
}
