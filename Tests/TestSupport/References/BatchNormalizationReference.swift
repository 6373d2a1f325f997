/// Batch normalization in Double, by the definition.
package struct BatchNormalizationReference {
  /// A factor for each channel.
  package var gain: [Double]
  /// An additive term for each channel.
  package var shift: [Double]
  /// Added to the variance under the root.
  package var epsilon: Double

  /// A layer from its parameters.
  package init(gain: [Double], shift: [Double], epsilon: Double) {
    self.gain = gain
    self.shift = shift
    self.epsilon = epsilon
  }

  /// Mean and variance (divided by n) of each channel.
  package struct Moments: Equatable {
    /// Means.
    package var mean: [Double]
    /// Variances.
    package var variance: [Double]

    /// Given moments, for evaluation.
    package init(mean: [Double], variance: [Double]) {
      self.mean = mean
      self.variance = variance
    }
  }

  /// The gradients of a loss.
  package struct Gradients: Equatable {
    /// ∂L/∂x.
    package var input: ReferenceMaps
    /// ∂L/∂gain.
    package var gain: [Double]
    /// ∂L/∂shift.
    package var shift: [Double]
  }

  /// Those of a batch.
  package func moments(_ x: ReferenceMaps) -> Moments {
    let n = Double(x.values.count / x.channels)
    var (mean, variance) = (gain.map { _ in 0.0 }, gain.map { _ in 0.0 })
    for (index, value) in x.values.enumerated() { mean[index % x.channels] += value / n }
    for (index, value) in x.values.enumerated() {
      let distance = value - mean[index % x.channels]
      variance[index % x.channels] += distance * distance / n
    }
    return Moments(mean: mean, variance: variance)
  }

  /// The output with given moments.
  package func forward(_ x: ReferenceMaps, _ moments: Moments) -> ReferenceMaps {
    var y = x
    for index in y.values.indices {
      let c = index % x.channels
      y.values[index] = normalized(x, moments, index) * gain[c] + shift[c]
    }
    return y
  }

  private func normalized(_ x: ReferenceMaps, _ moments: Moments, _ index: Int) -> Double {
    let c = index % x.channels
    return (x.values[index] - moments.mean[c]) / (moments.variance[c] + epsilon).squareRoot()
  }

  /// The gradients for δ = ∂L/∂y.
  /// - Parameter areOfBatch: whether the moments are those of x and depend on it.
  package func backward(
    _ x: ReferenceMaps, _ delta: ReferenceMaps, _ moments: Moments, areOfBatch: Bool
  ) -> Gradients {
    let n = Double(x.values.count / x.channels)
    var (gainGradient, shiftGradient) = (gain.map { _ in 0.0 }, gain.map { _ in 0.0 })
    for (index, d) in delta.values.enumerated() {
      gainGradient[index % x.channels] += d * normalized(x, moments, index)
      shiftGradient[index % x.channels] += d
    }
    var input = x
    for (index, d) in delta.values.enumerated() {
      let c = index % x.channels
      let loss =
        areOfBatch
        ? (shiftGradient[c] + normalized(x, moments, index) * gainGradient[c]) / n : 0
      input.values[index] = gain[c] / (moments.variance[c] + epsilon).squareRoot() * (d - loss)
    }
    return Gradients(input: input, gain: gainGradient, shift: shiftGradient)
  }
}
