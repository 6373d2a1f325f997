extension NetworkSpec {
  /// The sites where unit noise and linear replacements may attach: the input of every linear
  /// layer, as `fc1.input`, in the order of execution.
  package var linearSites: [String] {
    allLayers.filter(\.layer.isLinear).map { "\($0.name).input" }
  }

  /// The site of the last linear layer, where the Shakeout paper's MNIST networks are masked.
  package var lastLinearSite: String? { linearSites.last }

  /// The sites where unit noise and linear replacements attach unless a config names others.
  package var defaultSites: [String] { ownDefaultSites ?? lastLinearSite.map { [$0] } ?? [] }

  /// The sites where an activation may be replaced: the names of the activation layers.
  package var activationSites: [String] {
    allLayers.compactMap { if case .activation = $0.layer { $0.name } else { nil } }
  }

  /// The sites of one kind of activation, for regularizers that replace every ReLU and leave an
  /// output's sigmoid alone.
  package func activationSites(of function: ActivationSpec.Function) -> [String] {
    allLayers.compactMap { named in
      guard case .activation(let spec) = named.layer, spec.function == function else { return nil }
      return named.name
    }
  }

  /// The sites where a whole branch may be dropped: the names of the residual additions.
  package var residualSites: [String] {
    allLayers.compactMap { if case .residual = $0.layer { $0.name } else { nil } }
  }

  /// The network with each layer, however deep, replaced by what `transform` makes of it; layers
  /// that hold others come after what they hold.
  package func replacingLayers<Failure: Error>(
    _ transform: (NamedLayer) throws(Failure) -> [NamedLayer]
  ) throws(Failure) -> NetworkSpec {
    func replaced(_ layers: [NamedLayer]) throws(Failure) -> [NamedLayer] {
      var result: [NamedLayer] = []
      for var named in layers {
        if var composite = named.layer.spec as? any CompositeKind {
          composite.branches = try composite.branches.map { (layers) throws(Failure) in
            try replaced(layers)
          }
          named.layer = composite.layer
        }
        result += try transform(named)
      }
      return result
    }
    var result = self
    result.layers = try replaced(layers)
    return result
  }
}
