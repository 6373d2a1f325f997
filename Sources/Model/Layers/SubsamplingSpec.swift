import Canonical

/// The shortcut without parameters of He et al. (2016), option A: every `stride`-th row and column
/// of the input, followed by channels of zeros.
package struct SubsamplingSpec: LayerKind {
  package static let type = LayerType.subsampling

  /// Step between the rows and columns that are kept.
  package var stride: Int
  /// Channels of the output; those beyond the input's are zero.
  package var outputs: Int

  package init(stride: Int, outputs: Int) {
    self.stride = stride
    self.outputs = outputs
  }

  package static let blank = SubsamplingSpec(stride: 1, outputs: 1)
  package static let fields: [Field<SubsamplingSpec>] = [
    .whole(
      "stride", \.stride, in: LayerLimits.strides, .required,
      "step between the rows and columns that are kept"),
    .whole("outputs", \.outputs, in: LayerLimits.outputs, .required, "output channels"),
  ]

  package var layer: LayerSpec { .subsampling(self) }

  package var traits: LayerTraits {
    LayerTraits(
      outputUse: .values, overwritesInput: .never, takesRelu: .never, worksOnSlices: true,
      addsGradient: true, joinsNormalization: false, isReadThrough: false,
      ordering: .none)
  }

  package func outputShape(
    of input: FeatureShape, name: String
  ) throws(ShapeError) -> FeatureShape {
    guard outputs >= input.channels else {
      throw ShapeError(
        layer: name, "\(outputs) channels cannot hold the \(input.channels) of the input")
    }
    return FeatureShape(
      height: (input.height - 1) / stride + 1, width: (input.width - 1) / stride + 1,
      channels: outputs)
  }
}
