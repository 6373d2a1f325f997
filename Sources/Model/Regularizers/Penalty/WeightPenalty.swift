/// λ_t·Ω(w) on the weights of a network (filters and matrices; no biases, gains and shifts), as the
/// engine applies it.
package struct WeightPenalty: Hashable, Sendable {
  /// Ω, and how it moves the weights.
  package enum Kind: Hashable, Sendable {
    /// ‖w‖² times half of `gradientFactor`: the gradient grows by factor·λ·w before momentum.
    case squared(gradientFactor: Double)
    /// ‖w‖₁: the gradient grows by λ·sgn w before momentum, sgn 0 = 0.
    case absolute
    /// ‖w‖₁: after the step w ← sgn w · max(|w| − ηλ, 0), η being the step's learning rate.
    case absoluteProximal
  }

  /// Ω.
  package var kind: Kind
  /// λ.
  package var lambda: Double
  /// How λ changes.
  package var schedule: PenaltySchedule

  package init(_ kind: Kind, lambda: Double, schedule: PenaltySchedule = .constant) {
    self.kind = kind
    self.lambda = lambda
    self.schedule = schedule
  }
}

extension NetworkSpec {
  /// The network with a penalty on its weights.
  /// - Throws: `RegularizerConflict` beside a penalty of the same kind, for a delayed penalty on a
  ///   network with batch normalization, and where nothing can be penalized.
  func penalized(
    by penalty: WeightPenalty, for regularizer: String
  ) throws(RegularizerConflict) -> NetworkSpec {
    let isSquared = { (penalty: WeightPenalty) in
      if case .squared = penalty.kind { true } else { false }
    }
    guard !penalties.contains(where: { isSquared($0) == isSquared(penalty) }) else {
      throw RegularizerConflict(regularizer, "\(name) already has one")
    }
    guard allLayers.contains(where: \.layer.isLinear) else {
      throw RegularizerConflict(regularizer, "\(name) has no weights")
    }
    let normalization = allLayers.first {
      if case .batchNormalization = $0.layer { true } else { false }
    }
    if case .delayed = penalty.schedule, let normalization {
      throw RegularizerConflict(
        regularizer,
        "delayed strong regularization is not for networks with batch normalization, and "
          + "\(name) has \"\(normalization.name)\": what a normalized layer computes does not "
          + "depend on the size of its weights")
    }
    var network = self
    network.penalties.append(penalty)
    return network
  }
}
