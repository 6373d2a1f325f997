import Canonical

/// Residual addition (He et al. 2016): output = body(input) + shortcut(input).
package struct ResidualSpec: CompositeKind {
  package static let type = LayerType.residual
  package static let branchNames = ["body", "shortcut"]

  /// The layers of the learned branch.
  package var body: [NamedLayer]
  /// The layers of the other branch; none is the identity.
  package var shortcut: [NamedLayer]

  package init(body: [NamedLayer], shortcut: [NamedLayer] = []) {
    self.body = body
    self.shortcut = shortcut
  }

  package static let blank = ResidualSpec(body: [])
  package static let fields: [Field<ResidualSpec>] = [
    .layers("body", \.body, .required, "the layers of the learned branch"),
    .layers(
      "shortcut", \.shortcut, .optional, "the layers of the other branch, none for the identity"),
  ]

  package var layer: LayerSpec { .residual(self) }

  package var branches: [[NamedLayer]] {
    get { [body, shortcut] }
    set { (body, shortcut) = (newValue[0], newValue[1]) }
  }

  package var traits: LayerTraits {
    LayerTraits(
      outputUse: .nothing, overwritesInput: .never, takesRelu: .never, worksOnSlices: true,
      addsGradient: false, joinsNormalization: false, isReadThrough: false,
      ordering: .none)
  }

  package func outputShape(
    of input: FeatureShape, branches: [FeatureShape], name: String
  ) throws(ShapeError) -> FeatureShape {
    guard branches[0] == branches[1] else {
      throw ShapeError(
        layer: name,
        "the body gives \(branches[0]), the shortcut \(branches[1]); they cannot be added")
    }
    return branches[0]
  }
}
