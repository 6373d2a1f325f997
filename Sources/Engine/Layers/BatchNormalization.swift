import Model

/// What a batch normalization knows of its channels (Ioffe and Szegedy 2015, algorithms 1 and 2): the
/// learned gain and shift, the running statistics and the coefficients of the batch at hand. Who
/// applies them is another matter: a layer of its own, or the convolution behind it.
final class BatchNormalization {
  let parameters: [Parameter]
  let statistics: [Statistic]
  let coefficients: NormalizationCoefficients
  /// The maps that are normalized.
  let input: FeatureMaps
  let moments: ChannelMoments
  /// Measures what is not measured yet, and sets the coefficients.
  let forwardStages: [Stage]
  private let gain: Parameter?
  private let shift: Parameter?
  private let lanes: Int
  private let laneSums: UnsafeMutablePointer<Double>
  /// 1/√(variance + ε) of the last forward pass.
  private let inverseDeviation: UnsafeMutablePointer<Double>

  /// - Parameters:
  ///   - measuring: the stages that measure the moments of `input`.
  init(
    _ spec: BatchNormalizationSpec, _ input: FeatureMaps, moments: ChannelMoments,
    measuring: [Stage], gain: Parameter?, shift: Parameter?, mean: Statistic, variance: Statistic,
    context: LayerContext
  ) {
    parameters = [gain, shift].compactMap { $0 }
    statistics = [mean, variance]
    self.input = input
    self.moments = moments
    self.gain = gain
    self.shift = shift
    lanes = context.lanes.count
    let channels = input.shape.channels
    let padded = ChannelSums.padded(channels)
    laneSums = context.arena.doubles(lanes * ChannelSums.count(channels: channels))
    let inverseDeviation = context.arena.doubles(channels)
    self.inverseDeviation = inverseDeviation
    func coefficient() -> UnsafeMutablePointer<Float> {
      let values = context.arena.floats(padded)
      values.update(repeating: 0, count: padded)
      return values
    }
    let coefficients = NormalizationCoefficients(
      centre: coefficient(), scale: coefficient(), shift: coefficient(),
      deltaMean: coefficient(), deltaSlope: coefficient())
    self.coefficients = coefficients
    let (runningMean, runningVariance) = (mean.base, variance.base)
    let positions = input.shape.positions

    func set(_ channel: Int, mean: Double, variance: Double) {
      let inverse = 1 / (variance + spec.epsilon).squareRoot()
      inverseDeviation[channel] = inverse
      coefficients.centre[channel] = Float(mean)
      coefficients.scale[channel] = Float(inverse * Double(gain?.values[channel] ?? 1))
      coefficients.shift[channel] = shift?.values[channel] ?? 0
    }
    forwardStages =
      measuring + [
        Stage(.whole) { _, pass in
          guard pass.isTraining else {
            for channel in 0..<channels {
              set(
                channel, mean: Double(runningMean[channel]),
                variance: Double(runningVariance[channel]))
            }
            return
          }
          guard pass.count > 0 else { return }
          let total = Double(pass.count * positions)
          let weight = spec.momentum
          for channel in 0..<channels {
            let (mean, variance) = (moments.mean[channel], moments.variance[channel])
            set(channel, mean: mean, variance: variance)
            // The running variance is the unbiased one, as in PyTorch. A single number has none; it
            // counts as 0.
            let unbiased = total > 1 ? variance * (total / (total - 1)) : 0
            runningMean[channel] = Float(
              (1 - weight) * Double(runningMean[channel]) + weight * mean)
            runningVariance[channel] = Float(
              (1 - weight) * Double(runningVariance[channel]) + weight * unbiased)
          }
        }
      ]
  }

  /// A lane's Σδ and Σδ·(x − centre).
  func sums(of lane: Int) -> ChannelSums {
    let channels = input.shape.channels
    return ChannelSums(
      first: laneSums + lane * ChannelSums.count(channels: channels),
      columns: ChannelSums.padded(channels))
  }

  /// The parameters' gradients from the lanes' sums, and what the input's gradient loses because
  /// mean and variance depend on it (nothing where they were the running ones).
  /// - Parameter leavesRest: whether that loss is left to the readers of the gradient.
  func reduction(leavesRest: Bool) -> Stage {
    let (channels, positions) = (input.shape.channels, input.shape.positions)
    return Stage(.whole) { [self] _, pass in
      let share = pass.isTraining && pass.count > 0 ? 1 / Double(pass.count * positions) : 0
      for channel in 0..<channels {
        var (deltas, products) = (0.0, 0.0)
        for lane in 0..<lanes {
          deltas += sums(of: lane).first[channel]
          products += sums(of: lane).second[channel]
        }
        let inverse = inverseDeviation[channel]
        gain?.gradient[channel] = Float(products * inverse)
        shift?.gradient[channel] = Float(deltas)
        let (mean, slope) = (deltas * share, products * inverse * inverse * share)
        coefficients.deltaMean[channel] = Float(mean)
        coefficients.deltaSlope[channel] = Float(slope)
        if leavesRest {
          let scale = Double(coefficients.scale[channel])
          moments.lackingMean[channel] += Float(scale * mean)
          moments.lackingSlope[channel] += Float(scale * slope)
        }
      }
    }
  }
}
