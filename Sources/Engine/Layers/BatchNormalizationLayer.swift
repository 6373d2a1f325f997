import Model

/// Batch normalization over samples and positions (Ioffe and Szegedy 2015, algorithms 1 and 2), with
/// a ReLU in the same pass where one follows.
///
/// Lanes sum up their samples; one part combines the lanes in their order, in Double; then the lanes
/// normalise. The running variance is the unbiased one, as in PyTorch. The output is never read
/// again, so a layer behind may work in place.
final class BatchNormalizationLayer: Layer {
  let parameters: [Parameter]
  let statistics: [Statistic]
  let forwardStages: [Stage]
  let backwardStages: [Stage]

  /// - Parameters:
  ///   - gain: a factor for each channel, or nil for 1.
  ///   - shift: an additive term for each channel, or nil for 0.
  ///   - mean: the running mean.
  ///   - variance: the running variance.
  ///   - relu: whether max(·, 0) follows.
  init(
    _ spec: BatchNormalizationSpec, _ ports: LayerPorts, gain: Parameter?, shift: Parameter?,
    mean: Statistic, variance: Statistic, relu: Bool, context: LayerContext
  ) {
    parameters = [gain, shift].compactMap { $0 }
    statistics = [mean, variance]
    let (input, output, lanes) = (ports.input, ports.output, context.lanes)
    let (positions, channels) = (input.shape.positions, input.shape.channels)
    let moments = BatchMoments(
      spec, channels: channels, positions: positions, gain: gain, shift: shift, mean: mean,
      variance: variance, context: context)
    let coefficients = moments.coefficients
    forwardStages = [
      Stage(.lanes) { part, pass in
        guard pass.isTraining else { return }
        let rows = input.rows(from: part.samples.lowerBound)
        let pivot = moments.pivot(of: part.index)
        pivot.update(from: rows.base, count: channels)
        sumDeviations(
          rows, rows: part.samples.count * positions, pivot: pivot,
          into: moments.sums(of: part.index))
      },
      Stage(.whole) { _, pass in
        if pass.isTraining { moments.measure(count: pass.count, lanes) } else { moments.recall() }
      },
      Stage(.lanes) { part, _ in
        normalizeRows(
          input.rows(from: part.samples.lowerBound), output.rows(from: part.samples.lowerBound),
          rows: part.samples.count * positions, channels: channels, relu: relu, coefficients)
      },
    ]
    let (outputGradient, inputGradient) = (ports.outputGradient, ports.inputGradient)
    var stages = [
      Stage(.lanes) { part, _ in
        sumNormalizationGradients(
          input.rows(from: part.samples.lowerBound),
          outputGradient.rows(from: part.samples.lowerBound),
          rows: part.samples.count * positions, relu: relu, coefficients,
          into: moments.sums(of: part.index))
      },
      Stage(.whole) { _, pass in
        moments.reduceGradients(
          count: pass.count, lanes: lanes.count, passesThroughMoments: pass.isTraining)
      },
    ]
    if let inputGradient {
      stages.append(
        Stage(.lanes) { part, _ in
          normalizeRowsBackward(
            input.rows(from: part.samples.lowerBound),
            outputGradient.rows(from: part.samples.lowerBound),
            inputGradient.rows(from: part.samples.lowerBound),
            rows: part.samples.count * positions, channels: channels, relu: relu,
            accumulates: ports.accumulates, coefficients)
        })
    }
    backwardStages = stages
  }
}

/// What a batch normalization knows of its channels: the lanes' sums, the batch's coefficients and
/// the running statistics.
private final class BatchMoments {
  let coefficients: NormalizationCoefficients
  private let spec: BatchNormalizationSpec
  private let channels: Int
  private let positions: Int
  private let gain: Parameter?
  private let shift: Parameter?
  private let runningMean: UnsafeMutablePointer<Float>
  private let runningVariance: UnsafeMutablePointer<Float>
  private let laneSums: UnsafeMutablePointer<Double>
  private let pivots: UnsafeMutablePointer<Float>
  /// 1/√(variance + ε) of the last forward pass.
  private let inverseDeviation: UnsafeMutablePointer<Double>

  init(
    _ spec: BatchNormalizationSpec, channels: Int, positions: Int, gain: Parameter?,
    shift: Parameter?, mean: Statistic, variance: Statistic, context: LayerContext
  ) {
    self.spec = spec
    self.channels = channels
    self.positions = positions
    self.gain = gain
    self.shift = shift
    runningMean = mean.base
    runningVariance = variance.base
    let arena = context.arena
    let padded = ChannelSums.padded(channels)
    laneSums = arena.doubles(context.lanes.count * ChannelSums.count(channels: channels))
    pivots = arena.floats(context.lanes.count * padded)
    pivots.update(repeating: 0, count: context.lanes.count * padded)
    inverseDeviation = arena.doubles(channels)
    func coefficient() -> UnsafeMutablePointer<Float> {
      let values = arena.floats(padded)
      values.update(repeating: 0, count: padded)
      return values
    }
    coefficients = NormalizationCoefficients(
      centre: coefficient(), scale: coefficient(), shift: coefficient(),
      deltaMean: coefficient(), deltaSlope: coefficient())
  }

  func sums(of lane: Int) -> ChannelSums {
    ChannelSums(
      first: laneSums + lane * ChannelSums.count(channels: channels),
      columns: ChannelSums.padded(channels))
  }

  func pivot(of lane: Int) -> UnsafeMutablePointer<Float> {
    pivots + lane * ChannelSums.padded(channels)
  }

  /// Mean and variance of a batch from its lanes' sums, and the running statistics' next values.
  func measure(count: Int, _ lanes: LanePlan) {
    guard count > 0 else { return }
    for channel in 0..<channels {
      // Chan, Golub and LeVeque's rule for the union of two samples.
      var (total, mean, squares) = (0.0, 0.0, 0.0)
      for lane in 0..<lanes.count {
        let size = Double(lanes.range(lane, samples: count).count * positions)
        guard size > 0 else { continue }
        let sums = sums(of: lane)
        let deviation = sums.first[channel] / size
        let laneMean = Double(pivot(of: lane)[channel]) + deviation
        let laneSquares = sums.second[channel] - size * deviation * deviation
        let distance = laneMean - mean
        let union = total + size
        mean += distance * (size / union)
        squares += laneSquares + distance * distance * (total * size / union)
        total = union
      }
      let variance = max(squares, 0) / total
      // max lets not-a-number pass as 0, which would hide a diverged network.
      setCoefficients(channel, mean: mean, variance: squares.isNaN ? .nan : variance)
      // A single number has no unbiased variance; it counts as 0.
      let unbiased = total > 1 ? variance * (total / (total - 1)) : 0
      let weight = spec.momentum
      runningMean[channel] = Float((1 - weight) * Double(runningMean[channel]) + weight * mean)
      runningVariance[channel] = Float(
        (1 - weight) * Double(runningVariance[channel]) + weight * unbiased)
    }
  }

  /// The coefficients of evaluation.
  func recall() {
    for channel in 0..<channels {
      setCoefficients(
        channel, mean: Double(runningMean[channel]), variance: Double(runningVariance[channel]))
    }
  }

  private func setCoefficients(_ channel: Int, mean: Double, variance: Double) {
    let inverse = 1 / (variance + spec.epsilon).squareRoot()
    inverseDeviation[channel] = inverse
    coefficients.centre[channel] = Float(mean)
    coefficients.scale[channel] = Float(inverse * Double(gain?.values[channel] ?? 1))
    coefficients.shift[channel] = shift?.values[channel] ?? 0
  }

  /// The parameters' gradients from the lanes' sums, and what the input's gradient loses because
  /// mean and variance depend on it (nothing where they were the running ones).
  func reduceGradients(count: Int, lanes: Int, passesThroughMoments: Bool) {
    let share = passesThroughMoments && count > 0 ? 1 / Double(count * positions) : 0
    for channel in 0..<channels {
      var (deltas, products) = (0.0, 0.0)
      for lane in 0..<lanes {
        deltas += sums(of: lane).first[channel]
        products += sums(of: lane).second[channel]
      }
      let inverse = inverseDeviation[channel]
      gain?.gradient[channel] = Float(products * inverse)
      shift?.gradient[channel] = Float(deltas)
      coefficients.deltaMean[channel] = Float(deltas * share)
      coefficients.deltaSlope[channel] = Float(products * inverse * inverse * share)
    }
  }
}
