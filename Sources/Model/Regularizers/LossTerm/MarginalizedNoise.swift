import Canonical

/// The regularizer that marginalized noise leaves in the loss: the expected loss under unbiased
/// dropout with keep probability q, to second order, without the term of the loss's curvature that
/// vanishes where the network is right. Each noisy layer z adds
/// R = λ·Σ_i z_i²·Var_o[∂a_k/∂z_i] with λ = (1 − q)/(2q), o being the softmax of the outputs a.
/// The letter of the paper is q, the probability that a unit is kept.
package struct MarginalizedNoise: Regularizer, Hashable {
  package static let name = "marginalizedNoise"
  package static let attachment = Attachment.lossTerm
  package static let summary =
    "what unbiased dropout adds to the expected loss, to second order"
  package static let example: any Regularizer = MarginalizedNoise(keep: 0.5, on: .both)

  /// How the Jacobian ∂a/∂z of a layer below the last hidden one is treated.
  package enum Form: String, CaseIterable, Sendable {
    /// Exactly.
    case exact
    /// Without the products of different units of the next layer (eq. 9).
    case approx
    /// The same, and in deeper networks from layer to layer, without a sample's Jacobian.
    case approxRecursive
  }

  /// What stands for the variance over the classes in the approximations.
  package enum ApproxForm: String, CaseIterable, Sendable {
    /// Σ_k o_k(1 − o_k)·J_k², as eq. 9 is printed.
    case printed
    /// Σ_k o_k·J_k² − (Σ_k o_k·J_k)², as eq. 5 has it.
    case variance
  }

  /// The layers that are thought to be noisy.
  package enum Target: String, CaseIterable, Sendable {
    /// The network's input.
    case input
    /// All hidden layers.
    case hidden
    /// Input and hidden layers.
    case both

    /// Whether the input is noisy.
    package var hasInput: Bool { self != .hidden }
    /// Whether the hidden layers are.
    package var hasHidden: Bool { self != .input }
  }

  /// q, in (0, 1].
  package var keep: Double
  /// The noisy layers.
  package var on: Target
  /// How Jacobians are treated.
  package var form: Form
  /// What stands for the variance in the approximations.
  package var approxForm: ApproxForm

  /// The regularizer of noise with keep probability q.
  package init(
    keep: Double, on: Target, form: Form = .exact, approxForm: ApproxForm = .printed
  ) {
    self.keep = keep
    self.on = on
    self.form = form
    self.approxForm = approxForm
  }

  package static let blank = MarginalizedNoise(keep: 1, on: .both)
  package static let fields: [Field<MarginalizedNoise>] = [
    .keep(\.keep, letter: "q", .required, "the probability that a unit is kept"),
    .choice("on", \.on, .required, "the layers that are thought to be noisy"),
    .choice("form", \.form, .optional, "how Jacobians are treated"),
    .choice(
      "approxForm", \.approxForm, .optional,
      "what stands for the variance over the classes in the approximations"),
  ]

  package func check(_ reader: ObjectReader) {
    guard keep == 0 else { return }
    for key in ["keep", "q", "drop"] where reader.has(key) {
      reader.report("nothing would be kept; \"keep\" must be above 0", key: key)
    }
  }

  /// λ = (1 − q)/(2q), half the variance of the noise relative to z².
  package var lambda: Double { (1 - keep) / (2 * keep) }

  /// About how many times longer an update takes than without the term, by multiply-adds on the
  /// paper's networks.
  package func relativeWork(of network: NetworkChoice) -> Double {
    let isDeep = ((network.family as? MLP)?.hidden.count ?? 1) > 1
    switch form {
    case .exact: return on.hasInput || isDeep ? 10.9 : 1.1
    case .approx: return on.hasInput && isDeep ? 7.4 : 2
    case .approxRecursive: return 2
    }
  }

  /// Adds the term.
  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    guard network.lossTerm == nil else {
      throw RegularizerConflict(Self.name, "\(network.name) already has a loss term")
    }
    if let noise = network.allLayers.first(where: \.layer.isRandom) {
      throw RegularizerConflict(
        Self.name,
        "\"\(noise.name)\" of \(network.name) is random; noise is either drawn or marginalized")
    }
    guard let layers = LogisticLayers(of: network), layers.hidden.count <= 2 else {
      throw RegularizerConflict(
        Self.name,
        "it is derived for fully connected networks with one or two hidden layers of logistic "
          + "units (\"sigmoid\") and softmax; \(network.name) has "
          + network.layers.map(\.layer.kind).joined(separator: ", "))
    }
    var result = network
    result.lossTerm = .marginalizedNoise(self, layers)
    return result
  }
}
