/// What takes the place of an activation f in training, and that place's mean in evaluation.
package enum ActivationReplacement: Hashable, Sendable {
  /// f or, dropped, the identity.
  case dropActivation(DropActivation)
  /// A random slope below 0.
  case rrelu(RReLU)
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
