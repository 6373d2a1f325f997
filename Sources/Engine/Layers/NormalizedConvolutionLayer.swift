import Model

extension CompiledLayer {
  /// A convolution that normalizes its input while it reads it, with what stands in between: the normalized maps are never written down. Going backward it hands the normalization's
  /// gradient down as far as one pass can know it; see `ChannelMoments` for the rest.
  static func normalizedConvolution(
    _ normalization: BatchNormalization, _ activation: InputActivation,
    _ convolution: CompiledLayer
  ) -> CompiledLayer {
    var layer = CompiledLayer(kind: "NormalizedConvolution")
    layer.parameters = normalization.parameters + convolution.parameters
    let drawing: [Stage] =
      switch activation {
      case .identity, .relu: []
      case .masked(let mask): mask.drawing
      }
    layer.forward = normalization.forwardStages + drawing + convolution.forward
    layer.backward =
      [Stage(.lanes) { part, _ in normalization.sums(of: part.index).clear() }]
      + convolution.backward + [normalization.reduction(leavesRest: true)]
    layer.reduction = convolution.reduction
    return layer
  }
}

extension CompiledLayer {
  /// Completes a gradient whose readers cannot: what it lacks is taken off in place.
  static func gradientCompletion(_ gradient: FeatureMaps, _ lacking: LackingGradient)
    -> CompiledLayer
  {
    var layer = CompiledLayer(kind: "GradientCompletion")
    let rows = gradient.shape.positions
    layer.backward = [
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
    return layer
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
