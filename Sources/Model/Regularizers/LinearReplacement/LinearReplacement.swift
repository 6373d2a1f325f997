/// What takes the place of a fully connected layer's plain product in training.
package enum DenseReplacement: Hashable, Sendable {
  case shakeout(Shakeout)
  case dropConnect(DropConnect)

  /// Has a visitor do what it does with this replacement.
  package func accept<Visitor: DenseReplacementVisitor>(_ visitor: Visitor) -> Visitor.Result {
    switch self {
    case .shakeout(let shakeout): visitor.visit(shakeout)
    case .dropConnect(let dropConnect): visitor.visit(dropConnect)
    }
  }

  var regularizer: any Regularizer {
    switch self {
    case .shakeout(let shakeout): shakeout
    case .dropConnect(let dropConnect): dropConnect
    }
  }
}

/// What takes the place of a convolution's plain product in training.
package enum ConvolutionReplacement: Hashable, Sendable {
  case shakeout(Shakeout)

  /// Has a visitor do what it does with this replacement.
  package func accept<Visitor: ConvolutionReplacementVisitor>(
    _ visitor: Visitor
  ) -> Visitor.Result {
    switch self {
    case .shakeout(let shakeout): visitor.visit(shakeout)
    }
  }

  var regularizer: any Regularizer {
    switch self {
    case .shakeout(let shakeout): shakeout
    }
  }
}

/// What is done with each replacement of a fully connected layer's product. The compiler names the
/// one that a visitor does not know.
package protocol DenseReplacementVisitor {
  associatedtype Result
  func visit(_ shakeout: Shakeout) -> Result
  func visit(_ dropConnect: DropConnect) -> Result
}

/// The same for convolutions.
package protocol ConvolutionReplacementVisitor {
  associatedtype Result
  func visit(_ shakeout: Shakeout) -> Result
}

extension NetworkSpec {
  /// The network with the products of the named linear layers replaced.
  /// - Parameters:
  ///   - convolution: what replaces that of a convolution; nil where nothing can.
  ///   - misfit: what is said of a layer whose product cannot be replaced.
  func replacing(
    products names: [String], by dense: DenseReplacement, convolution: ConvolutionReplacement?,
    for regularizer: String, misfit: String
  ) throws(RegularizerConflict) -> NetworkSpec {
    try replacingLayers { (named) throws(RegularizerConflict) in
      guard names.contains(named.name) else { return [named] }
      if named.layer.spec is DenseSpec || convolution != nil && named.layer.spec is ConvolutionSpec,
        named.layer.spec.replacedBy != nil
      {
        throw RegularizerConflict(regularizer, "\"\(named.name)\" already has a linear replacement")
      }
      if case .dense(var spec) = named.layer {
        spec.replacement = dense
        return [NamedLayer(named.name, .dense(spec))]
      }
      if case .convolution(var spec) = named.layer, let convolution {
        spec.replacement = convolution
        return [NamedLayer(named.name, .convolution(spec))]
      }
      throw RegularizerConflict(regularizer, "\"\(named.name)\" is \(misfit)")
    }
  }
}
