/// One batch's coefficients of a batch normalization, channels rounded up to whole vectors:
/// y = (x − centre)·scale + shift.
struct NormalizationCoefficients {
  /// Mean of the batch, or the running one in evaluation.
  let centre: UnsafeMutablePointer<Float>
  /// gain/√(variance + ε).
  let scale: UnsafeMutablePointer<Float>
  /// The learned shift, or 0.
  let shift: UnsafeMutablePointer<Float>
  /// Backward: what every element's gradient loses, Σδ/n.
  let deltaMean: UnsafeMutablePointer<Float>
  /// Backward: what it loses for each unit of x − centre, Σδ(x − centre)/(n·(variance + ε)).
  let deltaSlope: UnsafeMutablePointer<Float>
}

/// Rows of channels that follow each other at a fixed distance.
struct ChannelRows {
  /// The first row's first number.
  let base: UnsafeMutablePointer<Float>
  /// Floats between neighbouring rows.
  let stride: Int

  /// Eight channels of one row; those behind the last channel are whatever lies there.
  @inline(__always)
  func vector(_ row: Int, _ column: Int) -> Vector { load(base + row * stride + column) }
}

extension FeatureMaps {
  /// The positions from a sample on; those of following samples follow.
  func rows(from sample: Int) -> ChannelRows {
    ChannelRows(base: self.sample(sample), stride: stride)
  }
}

/// Σ(x − pivot) and Σ(x − pivot)². A pivot near the numbers keeps their differences' digits.
func sumDeviations(
  _ x: ChannelRows, rows: Int, pivot: UnsafePointer<Float>, into sums: ChannelSums
) {
  sums.fill(rows: rows) { row, column in
    let deviation = x.vector(row, column) - load(pivot + column)
    return (deviation, deviation * deviation)
  }
}

/// y = (x − centre)·scale + shift, then max(·, 0) if asked for; not-a-number stays.
func normalizeRows(
  _ x: ChannelRows, _ y: ChannelRows, rows: Int, channels: Int, relu: Bool,
  _ coefficients: NormalizationCoefficients
) {
  let floor = Vector(repeating: relu ? 0 : -.infinity)
  for row in 0..<rows {
    let target = y.base + row * y.stride
    var column = 0
    while column < channels {
      var value = normalized(x, row, column, coefficients)
      value = value.replacing(with: floor, where: value .< floor)
      store(value, target + column, column: column, of: channels)
      column += 8
    }
  }
}

/// Eight normalized numbers; the backward pass repeats this very computation, so that it sees the
/// same signs.
@inline(__always)
func normalized(
  _ x: ChannelRows, _ row: Int, _ column: Int, _ coefficients: NormalizationCoefficients
) -> Vector {
  var value = load(coefficients.shift + column)
  value.accumulate(
    x.vector(row, column) - load(coefficients.centre + column), load(coefficients.scale + column))
  return value
}

/// Σδ and Σδ·(x − centre), where δ is 0 wherever a fused ReLU let nothing through.
func sumNormalizationGradients(
  _ x: ChannelRows, _ delta: ChannelRows, rows: Int, relu: Bool,
  _ coefficients: NormalizationCoefficients, into sums: ChannelSums
) {
  // Two loops, because the one without ReLU needs neither scale nor shift.
  if relu {
    sums.fill(rows: rows) { row, column in
      let isOpen = normalized(x, row, column, coefficients) .> 0
      let d = Vector.zero.replacing(with: delta.vector(row, column), where: isOpen)
      return (d, d * (x.vector(row, column) - load(coefficients.centre + column)))
    }
  } else {
    sums.fill(rows: rows) { row, column in
      let d = delta.vector(row, column)
      return (d, d * (x.vector(row, column) - load(coefficients.centre + column)))
    }
  }
}

/// dx = scale·(δ − deltaMean − (x − centre)·deltaSlope), put or added to its place.
func normalizeRowsBackward(
  _ x: ChannelRows, _ delta: ChannelRows, _ dx: ChannelRows, rows: Int, channels: Int, relu: Bool,
  accumulates: Bool, _ coefficients: NormalizationCoefficients
) {
  for row in 0..<rows {
    let target = dx.base + row * dx.stride
    var column = 0
    while column < channels {
      var d = delta.vector(row, column)
      if relu {
        let isOpen = normalized(x, row, column, coefficients) .> 0
        d = Vector.zero.replacing(with: d, where: isOpen)
      }
      d -= load(coefficients.deltaMean + column)
      d.accumulate(
        load(coefficients.centre + column) - x.vector(row, column),
        load(coefficients.deltaSlope + column))
      var gradient = accumulates ? load(target + column) : .zero
      gradient.accumulate(d, load(coefficients.scale + column))
      store(gradient, target + column, column: column, of: channels)
      column += 8
    }
  }
}
