/// A regularizer that takes the place of an activation f in training, and of its mean in evaluation.
package protocol ReplacesActivation: Regularizer {
  /// Whether the backward pass behind it, in place of a function, asks for no more than which of its
  /// outputs have their sign bit set; input and output may then be the same memory.
  func asksForSigns(of function: ActivationSpec.Function) -> Bool
  /// Whether a product behind a normalization can compute it while it reads its input (see
  /// `LayerTraits.isReadThrough`).
  func isReadThrough(of function: ActivationSpec.Function) -> Bool
}

/// What takes the place of an activation in training.
package enum ActivationReplacement: Hashable, Sendable {
  case dropActivation(DropActivation)
  case rrelu(RReLU)

  /// Has a visitor do what it does with this replacement.
  package func accept<Visitor: ActivationReplacementVisitor>(_ visitor: Visitor) -> Visitor.Result {
    switch self {
    case .dropActivation(let dropActivation): visitor.visit(dropActivation)
    case .rrelu(let rrelu): visitor.visit(rrelu)
    }
  }

  var regularizer: any ReplacesActivation {
    switch self {
    case .dropActivation(let dropActivation): dropActivation
    case .rrelu(let rrelu): rrelu
    }
  }

  func asksForSigns(of function: ActivationSpec.Function) -> Bool {
    regularizer.asksForSigns(of: function)
  }

  func isReadThrough(of function: ActivationSpec.Function) -> Bool {
    regularizer.isReadThrough(of: function)
  }
}

/// What is done with each replacement of an activation. The compiler names the one that a visitor does
/// not know.
package protocol ActivationReplacementVisitor {
  associatedtype Result
  func visit(_ dropActivation: DropActivation) -> Result
  func visit(_ rrelu: RReLU) -> Result
}

extension NetworkSpec {
  /// The network with the activations of these names replaced.
  func replacing(
    activations names: [String], by replacement: ActivationReplacement, for regularizer: String
  ) throws(RegularizerConflict) -> NetworkSpec {
    try replacingLayers { (named) throws(RegularizerConflict) in
      guard names.contains(named.name), case .activation(var spec) = named.layer else {
        return [named]
      }
      guard spec.replacement == nil else {
        throw RegularizerConflict(regularizer, "\"\(named.name)\" is already replaced")
      }
      spec.replacement = replacement
      return [NamedLayer(named.name, .activation(spec))]
    }
  }
}
