import Canonical

/// Batch normalization (Ioffe and Szegedy 2015): each channel is shifted and scaled to mean 0 and
/// variance 1 over batch and positions, then multiplied by a learned gain and moved by a learned
/// shift. Evaluation uses running means of both.
package struct BatchNormalizationSpec: LayerKind {
  package static let type = LayerType.batchNormalization

  /// Added to the variance under the root.
  package var epsilon: Double
  /// The weight of a new batch in the running statistics: running ← (1 − m)·running + m·batch.
  package var momentum: Double
  /// Whether a factor for each channel is learned.
  package var hasGain: Bool
  /// Whether an additive term for each channel is learned.
  package var hasShift: Bool

  package init(
    epsilon: Double = 1e-5, momentum: Double = 0.1, hasGain: Bool = true, hasShift: Bool = true
  ) {
    self.epsilon = epsilon
    self.momentum = momentum
    self.hasGain = hasGain
    self.hasShift = hasShift
  }

  package static let blank = BatchNormalizationSpec()
  package static let fields: [Field<BatchNormalizationSpec>] = [
    .number("epsilon", \.epsilon, in: 1e-12...1, .optional, "what is added to the variance"),
    .number(
      "momentum", \.momentum, in: 0...1, .optional,
      "the weight of a batch in the running statistics"
    ),
    .flag("gain", \.hasGain, .optional, "whether a factor for each channel is learned"),
    .flag("shift", \.hasShift, .optional, "whether a term for each channel is learned"),
  ]

  package var layer: LayerSpec { .batchNormalization(self) }

  package var traits: LayerTraits {
    LayerTraits(
      outputUse: .nothing, overwritesInput: .never, takesRelu: .always, worksOnSlices: true,
      addsGradient: true, joinsNormalization: false, isReadThrough: false,
      ordering: .sameAsOutput)
  }

  package func outputShape(of input: FeatureShape, name: String) -> FeatureShape { input }

  package func parameters(input: FeatureShape, name: String) -> [ParameterSpec] {
    func parameter(_ suffix: String, _ role: ParameterSpec.Role) -> ParameterSpec {
      ParameterSpec(
        name: "\(name).\(suffix)", role: role, shape: [input.channels], fanIn: 1, fanOut: 1,
        initializer: nil)
    }
    return (hasGain ? [parameter("weight", .gain)] : [])
      + (hasShift ? [parameter("bias", .shift)] : [])
  }

  /// The variance is the unbiased one (divided by n − 1) in the running mean, as in PyTorch; the
  /// normalization itself divides by n.
  package func statistics(input: FeatureShape, name: String) -> [StatisticSpec] {
    [
      StatisticSpec(name: "\(name).running_mean", shape: [input.channels], start: 0),
      StatisticSpec(name: "\(name).running_var", shape: [input.channels], start: 1),
    ]
  }
}
