import Canonical

/// The mean of each channel over all positions of a map.
package struct GlobalAveragePoolingSpec: LayerKind {
  package static let type = LayerType.globalAveragePooling

  package init() {}

  package static let blank = GlobalAveragePoolingSpec()
  package static let fields: [Field<GlobalAveragePoolingSpec>] = []

  package var layer: LayerSpec { .globalAveragePooling(self) }
  package var traits: LayerTraits {
    LayerTraits(
      outputUse: .nothing, overwritesInput: .never, takesRelu: .never, worksOnSlices: true,
      addsGradient: true, joinsNormalization: false, isReadThrough: false,
      ordering: .sameAsOutput)
  }

  package func outputShape(of input: FeatureShape, name: String) -> FeatureShape {
    FeatureShape(vector: input.channels)
  }
}
