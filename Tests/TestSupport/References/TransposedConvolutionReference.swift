/// A transposed convolution in Double, by the definition: every input number is spread over a window
/// of the output.
package struct TransposedConvolutionReference {
  /// Filters: `count` is the input channels, `channels` the output channels.
  package var filters: ReferenceMaps
  /// One for each output channel.
  package var bias: [Double]
  /// Step between windows.
  package var stride: Int
  /// Rows and columns cut off each side.
  package var padding: Int
  /// Rows and columns added at the far sides.
  package var outputPadding: Int

  /// A layer from its parameters.
  package init(
    filters: ReferenceMaps, bias: [Double], stride: Int, padding: Int, outputPadding: Int
  ) {
    self.filters = filters
    self.bias = bias
    self.stride = stride
    self.padding = padding
    self.outputPadding = outputPadding
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
      count: x.count, height: size(x.height, filters.height),
      width: size(x.width, filters.width), channels: filters.channels)
    for index in u.values.indices { u.values[index] = bias[index % filters.channels] }
    forEachTap(x) { n, y, column, c, targetY, targetX, ky, kx, out in
      u[n, targetY, targetX, out] += x[n, y, column, c] * filters[c, ky, kx, out]
    }
    return u
  }

  /// The gradients for δ = ∂L/∂U.
  package func backward(_ x: ReferenceMaps, _ delta: ReferenceMaps) -> Gradients {
    var input = ReferenceMaps(
      count: x.count, height: x.height, width: x.width, channels: x.channels)
    var weights = ReferenceMaps(
      count: filters.count, height: filters.height, width: filters.width,
      channels: filters.channels)
    forEachTap(x) { n, y, column, c, targetY, targetX, ky, kx, out in
      let d = delta[n, targetY, targetX, out]
      input[n, y, column, c] += d * filters[c, ky, kx, out]
      weights[c, ky, kx, out] += d * x[n, y, column, c]
    }
    var sums = [Double](repeating: 0, count: filters.channels)
    for (index, d) in delta.values.enumerated() { sums[index % filters.channels] += d }
    return Gradients(input: input, filters: weights, bias: sums)
  }

  private func size(_ length: Int, _ kernel: Int) -> Int {
    (length - 1) * stride - 2 * padding + kernel + outputPadding
  }

  private func forEachTap(
    _ x: ReferenceMaps, _ body: (Int, Int, Int, Int, Int, Int, Int, Int, Int) -> Void
  ) {
    for n in 0..<x.count {
      for y in 0..<x.height {
        for column in 0..<x.width {
          for c in 0..<x.channels {
            for ky in 0..<filters.height {
              for kx in 0..<filters.width {
                let (targetY, targetX) = (
                  y * stride + ky - padding, column * stride + kx - padding
                )
                for out in 0..<filters.channels {
                  body(n, y, column, c, targetY, targetX, ky, kx, out)
                }
              }
            }
          }
        }
      }
    }
  }
}
