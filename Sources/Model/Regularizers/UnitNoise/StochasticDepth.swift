import Canonical

/// Stochastic depth (Huang et al. 2016): the learned branch of each residual addition is dropped with
/// a probability that grows from block to block, y = shortcut + b·branch, and is multiplied by its
/// probability of survival in evaluation. With the linear rule block l of L is dropped with
/// probability l/L · drop. A dropped branch is still computed, so training takes no less time.
package struct StochasticDepth: Regularizer, Hashable {
  package static let name = "stochasticDepth"
  package static let attachment = Attachment.unitNoise
  package static let summary =
    "branches of residual additions are dropped as a whole"
  package static let example: any Regularizer = StochasticDepth()

  /// How the probability depends on the depth.
  package enum Rule: String, CaseIterable, Sendable {
    /// It grows linearly up to that of the last block.
    case linear
    /// It is the same for all blocks.
    case uniform
  }

  /// Who shares a draw.
  package enum Draw: String, CaseIterable, Sendable {
    /// All samples of a batch, as in the paper.
    case batch
    /// Nobody: each sample has its own.
    case sample
  }

  /// The probability that the last branch is dropped, in [0, 1).
  package var drop = 0.5
  /// How that of the others follows.
  package var rule = Rule.linear
  /// Who shares a draw.
  package var draw = Draw.batch
  /// The residual additions; by default all of the network.
  package var sites = Sites()

  package static let blank = StochasticDepth()
  package static let fields: [Field<StochasticDepth>] = [
    .drop(\.drop, "the probability that the last branch is dropped"),
    .choice("rule", \.rule, .optional, "how the probability depends on the depth"),
    .choice("draw", \.draw, .optional, "who shares a draw"),
    .texts("at", \.sites.names, .optional, "the residual additions, by default all"),
  ]

  /// Puts a noise layer at the end of each branch, named after the addition: `block1.branch`.
  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    let names = try sites.residuals(of: network, for: Self.name)
    return try network.replacingLayers { (named) throws(RegularizerConflict) in
      guard let place = names.firstIndex(of: named.name), case .residual(var spec) = named.layer
      else { return [named] }
      let branch = "\(named.name).branch"
      guard !spec.body.contains(where: { $0.name == branch }) else {
        throw RegularizerConflict(Self.name, "\"\(named.name)\" can already be dropped")
      }
      let share = rule == .linear ? Double(place + 1) / Double(names.count) : 1
      let noise = UnitNoise.branchDrop(drop: share * drop, sharedByBatch: draw == .batch)
      spec.body.append(NamedLayer(branch, .unitNoise(noise)))
      return [NamedLayer(named.name, .residual(spec))]
    }
  }
}
