/// What a network's loss has beside that of its outputs.
package enum LossTerm: Hashable, Sendable {
  /// The regularizer of marginalized noise, and where it reads and adds.
  case marginalizedNoise(MarginalizedNoise, LogisticLayers)

  /// Has a visitor do what it does with this term.
  package func accept<Visitor: LossTermVisitor>(_ visitor: Visitor) -> Visitor.Result {
    switch self {
    case .marginalizedNoise(let noise, let layers): visitor.visit(noise, on: layers)
    }
  }
}

/// What is done with each term of a loss. The compiler names the one that a visitor does not know.
package protocol LossTermVisitor {
  associatedtype Result
  func visit(_ noise: MarginalizedNoise, on layers: LogisticLayers) -> Result
}
