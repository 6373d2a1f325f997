import Model

/// A convolution that normalizes its input while it reads it, with the ReLU in between where there
/// is one: the normalized maps are never written down. Going backward it hands the normalization's
/// gradient down as far as one pass can know it; see `ChannelMoments` for the rest.
final class NormalizedConvolutionLayer: Layer {
  let parameters: [Parameter]
  let statistics: [Statistic]
  let forwardStages: [Stage]
  let backwardStages: [Stage]
  let reductionStages: [Stage]
  private let normalization: BatchNormalization

  init(_ normalization: BatchNormalization, _ convolution: any Layer) {
    self.normalization = normalization
    parameters = normalization.parameters + convolution.parameters
    statistics = normalization.statistics
    forwardStages = normalization.forwardStages + convolution.forwardStages
    backwardStages =
      [Stage(.lanes) { part, _ in normalization.sums(of: part.index).clear() }]
      + convolution.backwardStages + [normalization.reduction(leavesRest: true)]
    reductionStages = convolution.reductionStages
  }
}

/// Completes a gradient whose readers cannot: what it lacks is taken off in place.
final class GradientCompletionLayer: Layer {
  let parameters: [Parameter] = []
  let forwardStages: [Stage] = []
  let backwardStages: [Stage]

  init(_ gradient: FeatureMaps, _ lacking: LackingGradient) {
    let rows = gradient.shape.positions
    backwardStages = [
      Stage(.lanes) { part, _ in
        let x = lacking.x.rows(from: part.samples.lowerBound)
        let g = gradient.rows(from: part.samples.lowerBound)
        for row in 0..<part.samples.count * rows {
          complete(
            g.base + row * g.stride, x.base + row * x.stride, g.base + row * g.stride,
            channels: gradient.shape.channels, lacking)
        }
      },
      Stage(.whole) { _, _ in
        for channel in lacking.channels {
          lacking.moments.lackingMean[channel] = 0
          lacking.moments.lackingSlope[channel] = 0
        }
      },
    ]
  }
}

/// target = g − mean − slope·(x − centre) for one position's channels.
@inline(__always)
func complete(
  _ g: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>,
  channels: Int, _ lacking: LackingGradient
) {
  let (centre, mean, slope) = (lacking.centre, lacking.mean, lacking.slope)
  for channel in stride(from: 0, to: channels, by: 8) {
    var sum = load(g + channel) - load(mean + channel)
    sum.accumulate(load(centre + channel) - load(x + channel), load(slope + channel))
    store(sum, target + channel, column: channel, of: channels)
  }
}
