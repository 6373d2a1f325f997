import Canonical

/// A vector read as a map, for generators. Nothing moves in memory: the vector holds the map
/// channels last. In PyTorch's layout the dense layer before it has its outputs ordered by channel,
/// row and column, so reading or writing such weights permutes the rows of its matrix.
package struct ReshapeSpec: LayerKind {
  package static let type = LayerType.reshape

  /// The map.
  package var output: FeatureShape

  /// A reshape to a map.
  package init(_ output: FeatureShape) { self.output = output }

  package static let blank = ReshapeSpec(FeatureShape(vector: 1))
  package static let fields: [Field<ReshapeSpec>] = [
    .whole(
      "channels", \.output.channels, in: LayerLimits.outputs, .required, "channels of the map"),
    .whole("height", \.output.height, in: LayerLimits.extents, .required, "rows of the map"),
    .whole("width", \.output.width, in: LayerLimits.extents, .required, "columns of the map"),
  ]

  package var layer: LayerSpec { .reshape(self) }

  package var traits: LayerTraits {
    LayerTraits(
      outputUse: .values, overwritesInput: .sameNumbers, takesRelu: .never, worksOnSlices: false,
      addsGradient: false, joinsNormalization: false,
      isReadThrough: false,
      ordering: output.isVector ? .sameAsOutput : .map(output))
  }

  package func outputShape(
    of input: FeatureShape, name: String
  ) throws(ShapeError) -> FeatureShape {
    guard input.isVector, input.channels == output.count else {
      throw ShapeError(
        layer: name, "a map of \(output) needs a vector of \(output.count), not \(input)")
    }
    return output
  }
}
