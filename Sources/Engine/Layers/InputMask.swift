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

  /// The first unit of a position, counted through all samples.
  @inline(__always)
  func unit(_ row: Int) -> Int { Int(units[row]) }

  /// Runs a loop with the functions of the present pass, which it then has in registers.
  @inline(__always)
  func run(_ loop: some MaskedLoop) {
    let slopes = scalars.pointee.slopes
    switch activation {
    case .relu: run(loop, MaskedRelu())
    case .kept(let bits, _): run(loop, MaskedKept(bits: bits.row(0), slope: slopes.lower))
    case .slopes(let drawn, _): run(loop, MaskedSlopes(slopes: drawn.row(0), range: slopes))
    }
  }

  @inline(__always)
  private func run(_ loop: some MaskedLoop, _ activation: some MaskedFunction) {
    let scale = scalars.pointee.noise
    switch noise {
    case .dropout(let mask):
      loop.run(activation, MaskedDropout(bits: mask.bits.row(0), factor: scale))
    case .gaussian(let factors):
      loop.run(activation, MaskedGaussian(numbers: factors.row(0), deviation: scale))
    case nil: loop.run(activation, Unmasked())
    }
  }
}

/// What an activation or noise does to eight numbers, and to gradients on their way back: each is
/// multiplied by a number that x, the activation's input, and the unit decide on.
protocol MaskedFunction {
  func callAsFunction(_ value: Vector, at x: Vector, _ unit: Int) -> Vector
}

/// A loop over units. It is compiled for each pair of functions.
protocol MaskedLoop {
  func run(_ activation: some MaskedFunction, _ noise: some MaskedFunction)
}

/// A ReLU has no gradient at 0, what takes its place that of the identity.
struct MaskedRelu: MaskedFunction {
  @inline(__always)
  func callAsFunction(_ value: Vector, at x: Vector, _ unit: Int) -> Vector {
    value.replacing(with: 0, where: x .<= 0)
  }
}

struct MaskedKept: MaskedFunction {
  let bits: KeptBits.Row
  let slope: Float

  @inline(__always)
  func callAsFunction(_ value: Vector, at x: Vector, _ unit: Int) -> Vector {
    let isClosed = (x .< 0) .& .!KeptBits.dropped(bits, unit)
    return value.replacing(with: value * slope, where: isClosed)
  }
}

struct MaskedSlopes: MaskedFunction {
  let slopes: RandomSlopes.Row
  let range: SlopeRange

  @inline(__always)
  func callAsFunction(_ value: Vector, at x: Vector, _ unit: Int) -> Vector {
    value.replacing(with: value * RandomSlopes.slope(slopes, unit, in: range), where: x .< 0)
  }
}

struct MaskedDropout: MaskedFunction {
  let bits: KeptBits.Row
  let factor: Float

  @inline(__always)
  func callAsFunction(_ value: Vector, at x: Vector, _ unit: Int) -> Vector {
    (value * factor).replacing(with: 0, where: KeptBits.dropped(bits, unit))
  }
}

struct MaskedGaussian: MaskedFunction {
  let numbers: UnsafePointer<Float>
  let deviation: Float

  @inline(__always)
  func callAsFunction(_ value: Vector, at x: Vector, _ unit: Int) -> Vector {
    value * GaussianFactors.factor(numbers, unit, deviation: deviation)
  }
}

struct Unmasked: MaskedFunction {
  @inline(__always)
  func callAsFunction(_ value: Vector, at x: Vector, _ unit: Int) -> Vector { value }
}

/// y = what the mask makes of (x − centre)·scale + shift, for rows from `first` on, counted through all
/// samples.
struct MaskedRows: MaskedLoop {
  let x: ChannelRows
  let y: ChannelRows
  let rows: Int
  let channels: Int
  let coefficients: NormalizationCoefficients
  let mask: InputMask
  let first: Int

  @inline(__always)
  func run(_ activation: some MaskedFunction, _ noise: some MaskedFunction) {
    for row in 0..<rows {
      let (target, unit) = (y.base + row * y.stride, mask.unit(first + row))
      for column in stride(from: 0, to: channels, by: 8) {
        let value = normalized(x, row, column, coefficients)
        let active = activation(value, at: value, unit + column)
        store(
          noise(active, at: value, unit + column), target + column, column: column, of: channels)
      }
    }
  }
}

/// The gradient at normalized numbers from that of what they became.
struct MaskedGradients: MaskedLoop {
  let source: UnsafePointer<Float>
  let columnStride: Int
  let rows: Int
  let target: NormalizedTarget
  let mask: InputMask
  let first: Int
  let sums: ChannelSums

  @inline(__always)
  func run(_ activation: some MaskedFunction, _ noise: some MaskedFunction) {
    sums.add(rows: rows) { row, column in
      let unit = mask.unit(first + row) + column
      let value = normalized(target.x, row, column, target.coefficients)
      let delta = noise(load(source + row * columnStride + column), at: value, unit)
      return target.take(row, column, activation(delta, at: value, unit))
    }
  }
}
