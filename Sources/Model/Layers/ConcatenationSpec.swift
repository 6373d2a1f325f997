import Canonical

/// The input's channels followed by those that the body makes of it, as in DenseNet: output =
/// [input | body(input)]. A chain of concatenations can live in one buffer, because each leaves the
/// channels before it where they are.
package struct ConcatenationSpec: CompositeKind {
  package static let type = LayerType.concatenation
  package static let branchNames = ["body"]

  /// The layers that make the new channels, without changing rows and columns.
  package var body: [NamedLayer]

  package init(body: [NamedLayer]) { self.body = body }

  package static let blank = ConcatenationSpec(body: [])
  package static let fields: [Field<ConcatenationSpec>] = [
    .layers("body", \.body, .required, "the layers that make the new channels")
  ]

  package var layer: LayerSpec { .concatenation(self) }

  package var branches: [[NamedLayer]] {
    get { [body] }
    set { body = newValue[0] }
  }

  package var traits: LayerTraits {
    LayerTraits(
      outputUse: .values, overwritesInput: .never, takesRelu: .never, worksOnSlices: true,
      addsGradient: false, joinsNormalization: false, isReadThrough: false,
      ordering: .none)
  }

  package func outputShape(
    of input: FeatureShape, branches: [FeatureShape], name: String
  ) throws(ShapeError) -> FeatureShape {
    let body = branches[0]
    guard body.height == input.height, body.width == input.width else {
      throw ShapeError(
        layer: name, "the body makes a map of \(body) from \(input), which cannot be concatenated")
    }
    return FeatureShape(
      height: input.height, width: input.width, channels: input.channels + body.channels)
  }
}
