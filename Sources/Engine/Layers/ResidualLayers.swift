import Model

/// The end of a residual addition: output = body's output + shortcut's output, lane by lane. On the
/// way back both branches read the one gradient of the sum, so there is nothing to do.
final class ResidualSumLayer: Layer {
  let parameters: [Parameter] = []
  let forwardStages: [Stage]
  let backwardStages: [Stage] = []

  /// The output may be the memory of the body's output, where no backward pass reads that.
  init(body: FeatureMaps, shortcut: FeatureMaps, output: FeatureMaps) {
    forwardStages = [
      Stage(.lanes) { part, _ in
        if output.base == body.base {
          output.add(shortcut, part.samples)
        } else {
          output.sum(body, shortcut, part.samples)
        }
      }
    ]
  }
}

/// The beginning of two branches that read the same maps: the gradient of one of them is in its
/// place already, and that of the other one is added.
final class ResidualForkLayer: Layer {
  let parameters: [Parameter] = []
  let forwardStages: [Stage] = []
  let backwardStages: [Stage]

  init(gradient: FeatureMaps, adding other: FeatureMaps) {
    backwardStages = [Stage(.lanes) { part, _ in gradient.add(other, part.samples) }]
  }
}
