import Model

/// What stands between a normalization and the product that reads it, where that is random: a ReLU or
/// what takes its place, then noise. Random numbers are drawn once, for the way there and back.
struct InputMask {
  /// A function that is the identity above 0.
  enum Activation {
    case relu
    /// A number below 0 becomes 0 where it is kept; in evaluation all are multiplied by the slope.
    case kept(KeptBits, evaluationSlope: Float)
    /// A number below 0 is multiplied by a drawn slope; in evaluation by a fixed one.
    case slopes(RandomSlopes, evaluationSlope: Float)
  }

  /// Factors of units.
  enum Noise {
    case dropout(DropMask)
    case gaussian(GaussianFactors)
  }

  /// The first unit of each position, counted through all samples.
  private let units: UnsafePointer<Int32>
  private let activation: Activation
  private let noise: Noise?
  /// The numbers of a pass that do not differ between units.
  private let scalars: UnsafeMutablePointer<Scalars>

  private struct Scalars {
    /// Slopes below 0, of which random bits make the drawn one.
    var slopes = SlopeRange(lower: Float(0), upper: 0)
    /// Dropout's factor of a kept unit, or the deviation of Gaussian factors.
    var noise: Float = 0
  }

  init(_ shape: FeatureShape, activation: Activation, noise: Noise?, context: LayerContext) {
    let (positions, channels) = (shape.positions, ChannelSums.padded(shape.channels))
    // A sample begins with a whole vector of bits.
    let sampleUnits = KeptBits.vectors(covering: positions * channels) * KeptBits.groupSize
    units = rowTable(context.lanes.capacity * positions, context.arena) {
      $0 / positions * sampleUnits + $0 % positions * channels
    }
    self.activation = activation
    self.noise = noise
    let floats = (MemoryLayout<Scalars>.stride + 3) / 4
    scalars = UnsafeMutableRawPointer(context.arena.floats(floats))
      .bindMemory(to: Scalars.self, capacity: 1)
    scalars.initialize(to: Scalars())
  }

  /// Numbers of a sample that random numbers are drawn for: each position's channels fill whole
  /// vectors.
  static func units(_ shape: FeatureShape) -> Int {
    shape.positions * ChannelSums.padded(shape.channels)
  }

  /// Draws for a training step; in evaluation units are kept and slopes fixed.
  var drawing: [Stage] {
    [
      Stage(.whole) { _, pass in
        switch activation {
        case .relu: break
        case .kept(_, let slope):
          let slope = pass.drawsNoise ? 0 : slope
          scalars.pointee.slopes = SlopeRange(lower: slope, upper: slope)
        case .slopes(let slopes, let slope):
          scalars.pointee.slopes =
            pass.drawsNoise ? slopes.range : SlopeRange(lower: slope, upper: slope)
        }
        switch noise {
        case .dropout(let mask):
          scalars.pointee.noise = pass.drawsNoise ? mask.keptFactor : mask.mean
        case .gaussian(let factors): scalars.pointee.noise = pass.drawsNoise ? factors.deviation : 0
        case nil: break
        }
      },
      Stage(.lanes) { part, pass in
        switch activation {
        case .relu: break
        case .kept(let bits, _):
          if let step = pass.trainingStep {
            bits.draw(step: step, samples: part.samples)
          } else {
            bits.keepAll(samples: part.samples)
          }
        case .slopes(let slopes, _):
          if let step = pass.trainingStep { slopes.draw(step: step, samples: part.samples) }
        }
        switch noise {
        case .dropout(let mask):
          if let step = pass.trainingStep {
            mask.draw(step: step, samples: part.samples)
          } else {
            mask.bits.keepAll(samples: part.samples)
          }
        case .gaussian(let factors):
          if let step = pass.trainingStep { factors.draw(step: step, samples: part.samples) }
        case nil: break
        }
      },
    ]
  }

  /// What eight normalized numbers become; `row` counts positions through all samples.
  @inline(__always)
  func value(_ x: Vector, row: Int, _ column: Int) -> Vector {
    let unit = Int(units[row]) + column
    return noisy(activated(x, at: x, unit), unit)
  }

  /// The gradient at eight normalized numbers from that of what they became.
  @inline(__always)
  func gradient(_ delta: Vector, at x: Vector, row: Int, _ column: Int) -> Vector {
    let unit = Int(units[row]) + column
    return activated(noisy(delta, unit), at: x, unit)
  }

  /// Numbers, or gradients, times the slope of the activation at x. A ReLU has no gradient at 0, what
  /// takes its place that of the identity.
  @inline(__always)
  private func activated(_ value: Vector, at x: Vector, _ unit: Int) -> Vector {
    switch activation {
    case .relu:
      return value.replacing(with: 0, where: x .<= 0)
    case .kept(let bits, _):
      let isClosed = (x .< 0) .& .!KeptBits.dropped(bits.row(0), unit)
      return value.replacing(with: value * scalars.pointee.slopes.lower, where: isClosed)
    case .slopes(let slopes, _):
      let slope = slopes.slope(slopes.row(0), unit, in: scalars.pointee.slopes)
      return value.replacing(with: value * slope, where: x .< 0)
    }
  }

  @inline(__always)
  private func noisy(_ value: Vector, _ unit: Int) -> Vector {
    switch noise {
    case .dropout(let mask):
      let dropped = KeptBits.dropped(mask.bits.row(0), unit)
      return (value * scalars.pointee.noise).replacing(with: 0, where: dropped)
    case .gaussian(let factors):
      return value * GaussianFactors.factor(factors.row(0), unit, deviation: scalars.pointee.noise)
    case nil: return value
    }
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
