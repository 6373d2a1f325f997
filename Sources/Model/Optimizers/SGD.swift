import Canonical

/// Stochastic gradient descent with momentum and weight decay, in the published orders.
package struct SGD: Configurable, Hashable {
  /// Where learning rate, momentum and decay enter. Caffe's and PyTorch's differ only when the rate
  /// changes.
  package enum Style: String, CaseIterable, Sendable {
    /// v ← μv + lr·(∇ + wd·w); w ← w − v (Caffe's `sgd_solver.cpp`).
    case caffe
    /// v ← μv + (∇ + wd·w); w ← w − lr·v, first step v = ∇ (PyTorch).
    case pytorch
    /// v as PyTorch's; w ← w − lr·((∇ + wd·w) + μ·v) (Nesterov's momentum in PyTorch's form).
    case nesterov
    /// v ← μv − lr·wd·w − lr·∇; w ← w + v, with the decay on weights only, never on biases, gains
    /// and shifts (cuda-convnet).
    case cudaConvnet
  }

  /// Factors for the parameters that a pattern matches.
  package struct Multiplier: Configurable, Hashable {
    /// A full parameter name, or a pattern with one `*` such as `*.bias`.
    package var pattern: String
    /// Multiplies the learning rate.
    package var learningRate: Double
    /// Multiplies the weight decay.
    package var weightDecay: Double

    package static let blank = Multiplier(pattern: "")
    package static let fields: [Field<Multiplier>] = [
      .text("parameters", \.pattern, .required, "a name, or a pattern with `*`"),
      .number(
        "learningRate", \.learningRate, in: 0...1e6, .optional, "times the learning rate"),
      .number("weightDecay", \.weightDecay, in: 0...1e6, .optional, "times the decay"),
    ]

    package init(pattern: String, learningRate: Double = 1, weightDecay: Double = 1) {
      self.pattern = pattern
      self.learningRate = learningRate
      self.weightDecay = weightDecay
    }

    /// Whether a parameter is meant.
    package func matches(_ parameter: String) -> Bool {
      NamePattern(pattern).matches(parameter)
    }
  }

  /// The order of operations.
  package var style: Style
  /// μ, in [0, 1).
  package var momentum: Double
  /// wd: the gradient grows by wd·w.
  package var weightDecay: Double
  /// The first multiplier whose pattern matches a parameter holds.
  package var multipliers: [Multiplier]

  package init(
    style: Style, momentum: Double = 0, weightDecay: Double = 0, multipliers: [Multiplier] = []
  ) {
    self.style = style
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.multipliers = multipliers
  }

  static let name = "sgd"
  package static let blank = SGD(style: .pytorch)
  package static let fields: [Field<SGD>] = [
    .constant("name", name, .optional, "the rule"),
    .choice("style", \.style, .optional, "where learning rate and decay enter the velocity"),
    .number(
      "momentum", \.momentum, in: 0...0.999_999, .optional, "share of the velocity that stays"),
    .number(
      "weightDecay", \.weightDecay, in: 0...1000, .optional, "share of the weights in the gradient"
    ),
    .objects("multipliers", \.multipliers, "other rates for some parameters"),
  ]

  /// The factors on learning rate and weight decay for a parameter.
  package func factors(for parameter: ParameterSpec) -> (learningRate: Double, weightDecay: Double)
  {
    let match = multipliers.first { $0.matches(parameter.name) }
    let decays = style != .cudaConvnet || parameter.role == .weight
    return (match?.learningRate ?? 1, decays ? match?.weightDecay ?? 1 : 0)
  }
}
