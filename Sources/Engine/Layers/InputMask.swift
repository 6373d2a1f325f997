import Model

/// What stands between a normalization and the product that reads it, where that is random: a ReLU or
/// Drop-Activation in its place, then dropout. Bits are drawn once, for the way there and back.
struct InputMask {
  /// A function that is the identity above 0.
  struct Activation {
    /// Where a number below 0 is kept, it is multiplied by the slope; all are, if nil.
    var kept: KeptBits?
    var slopes: (training: Float, evaluation: Float)

    static var relu: Activation { Activation(kept: nil, slopes: (training: 0, evaluation: 0)) }
  }

  /// The first unit of each position, counted through all samples.
  private let units: UnsafePointer<Int32>
  private let activation: Activation
  private let noise: DropMask?
  /// The slope below 0 and the factor of a unit that noise keeps.
  private let factors: UnsafeMutablePointer<Float>

  init(
    _ shape: FeatureShape, activation: Activation, noise: DropMask?, context: LayerContext
  ) {
    let (positions, channels) = (shape.positions, ChannelSums.padded(shape.channels))
    // A sample begins with a whole vector of bits.
    let sampleUnits = KeptBits.vectors(covering: positions * channels) * KeptBits.groupSize
    units = rowTable(context.lanes.capacity * positions, context.arena) {
      $0 / positions * sampleUnits + $0 % positions * channels
    }
    self.activation = activation
    self.noise = noise
    factors = context.arena.floats(2)
  }

  /// Numbers of a sample that bits are drawn for: each position's channels fill whole vectors.
  static func units(_ shape: FeatureShape) -> Int {
    shape.positions * ChannelSums.padded(shape.channels)
  }

  /// Draws the bits of a training step; in evaluation every unit is kept.
  var drawing: [Stage] {
    [
      Stage(.whole) { _, pass in
        factors[0] = pass.drawsNoise ? activation.slopes.training : activation.slopes.evaluation
        factors[1] = noise.map { pass.drawsNoise ? $0.keptFactor : $0.mean } ?? 1
      },
      Stage(.lanes) { part, pass in
        if let step = pass.trainingStep {
          activation.kept?.draw(step: step, samples: part.samples)
          noise?.draw(step: step, samples: part.samples)
        } else {
          activation.kept?.keepAll(samples: part.samples)
          noise?.bits.keepAll(samples: part.samples)
        }
      },
    ]
  }

  /// What eight normalized numbers become; `row` counts positions through all samples.
  @inline(__always)
  func value(_ x: Vector, row: Int, _ column: Int) -> Vector {
    let unit = Int(units[row]) + column
    var y = x.replacing(with: x * factors[0], where: closed(x, unit))
    if let noise {
      let dropped = KeptBits.dropped(noise.bits.row(0), unit)
      y = (y * factors[1]).replacing(with: 0, where: dropped)
    }
    return y
  }

  /// The gradient at eight normalized numbers from that of what they became.
  @inline(__always)
  func gradient(_ delta: Vector, at x: Vector, row: Int, _ column: Int) -> Vector {
    let unit = Int(units[row]) + column
    var d = delta
    if let noise {
      let dropped = KeptBits.dropped(noise.bits.row(0), unit)
      d = (d * factors[1]).replacing(with: 0, where: dropped)
    }
    return d.replacing(with: d * factors[0], where: closed(x, unit))
  }

  /// Where the activation is not the identity. A ReLU has no gradient at 0, Drop-Activation that of
  /// the identity.
  @inline(__always)
  private func closed(_ x: Vector, _ unit: Int) -> SIMDMask<Vector.MaskStorage> {
    guard let kept = activation.kept else { return x .<= 0 }
    return (x .< 0) .& .!KeptBits.dropped(kept.row(0), unit)
  }
}

/// y = what the mask makes of (x − centre)·scale + shift, for rows from `first` on, counted through all
/// samples.
func normalizeMaskedRows(
  _ x: ChannelRows, _ y: ChannelRows, rows: Int, channels: Int,
  _ coefficients: NormalizationCoefficients, _ mask: InputMask, first: Int
) {
  for row in 0..<rows {
    let target = y.base + row * y.stride
    for column in stride(from: 0, to: channels, by: 8) {
      let value = normalized(x, row, column, coefficients)
      store(
        mask.value(value, row: first + row, column), target + column, column: column, of: channels)
    }
  }
}
