import Canonical

/// A two-dimensional cross-correlation (no kernel flip) with zero padding.
package struct ConvolutionSpec: LinearKind {
  package static let type = LayerType.convolution

  /// Output channels.
  package var outputs: Int
  /// Rows and columns of the kernel.
  package var kernel: Int
  /// Step between windows, at least 1.
  package var stride: Int
  /// Zeros added on each side.
  package var padding: Int
  /// Groups of channels: the g-th group of outputs sees the g-th group of inputs only.
  package var groups: Int
  /// Whether an additive term per output channel is learned.
  package var hasBias: Bool
  /// What takes the place of the plain product in training; nil is the plain product.
  package var replacement: ConvolutionReplacement?
  /// The layer's own initialiser, if the recipe's does not hold for it.
  package var initializer: Initializer?

  package init(
    outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0, groups: Int = 1,
    hasBias: Bool = true, replacement: ConvolutionReplacement? = nil,
    initializer: Initializer? = nil
  ) {
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.groups = groups
    self.hasBias = hasBias
    self.replacement = replacement
    self.initializer = initializer
  }

  package static let blank = ConvolutionSpec(outputs: 1, kernel: 1)
  package static let fields: [Field<ConvolutionSpec>] = [
    .whole("outputs", \.outputs, in: LayerLimits.outputs, .required, "output channels"),
    .whole(
      "kernel", \.kernel, in: LayerLimits.kernels, .required, "rows and columns of the kernel"),
    .whole("stride", \.stride, in: LayerLimits.strides, .optional, "step between windows"),
    .whole("padding", \.padding, in: LayerLimits.paddings, .optional, "zeros on each side"),
    .whole("groups", \.groups, in: LayerLimits.outputs, .optional, "groups of channels"),
    .flag("bias", \.hasBias, .optional, "whether a term for each output channel is learned"),
    .initializer(\.initializer, "the distribution of the layer's own initial weights"),
  ]

  package func check(_ reader: ObjectReader) {
    if outputs % groups != 0 {
      reader.report("\"groups\" must divide \"outputs\"", key: "groups")
    }
  }

  package var replacedBy: (any Regularizer)? { replacement?.regularizer }
  package var layer: LayerSpec { .convolution(self) }

  package var traits: LayerTraits {
    LayerTraits(
      outputUse: .nothing, overwritesInput: .never,
      takesRelu: replacement == nil ? .ownGradient : .never, worksOnSlices: replacement == nil,
      addsGradient: replacement == nil, joinsNormalization: replacement == nil && groups == 1,
      isReadThrough: false,
      ordering: .byWeights)
  }

  package func outputShape(
    of input: FeatureShape, name: String
  ) throws(ShapeError) -> FeatureShape {
    guard input.channels % groups == 0, outputs % groups == 0 else {
      throw ShapeError(
        layer: name,
        "\(groups) groups do not divide \(input.channels) inputs and \(outputs) outputs")
    }
    let height = input.height + 2 * padding - kernel
    let width = input.width + 2 * padding - kernel
    guard height >= 0, width >= 0 else {
      throw ShapeError(
        layer: name,
        "a \(kernel)×\(kernel) kernel with padding \(padding) does not fit a map of \(input)")
    }
    return FeatureShape(
      height: height / stride + 1, width: width / stride + 1, channels: outputs)
  }

  // All outputs count in the fan-out, as in the published codes' √(2 / (k·k·outputs)), grouped or not.
  package func weights(input: FeatureShape) -> (shape: [Int], fanIn: Int, fanOut: Int) {
    let inputs = input.channels / groups
    return (
      [outputs, inputs, kernel, kernel], inputs * kernel * kernel, outputs * kernel * kernel
    )
  }

  package func weightAxes(
    _ shape: [Int], input: FeatureShape, outputs: FeatureShape?
  ) -> (axes: [ArrayLayout.Axis], memory: [Int]) {
    ([.vector(shape[0], order: outputs)] + shape[1...].map { .plain($0) }, [0, 2, 3, 1])
  }

  package func multiplyAdds(input: FeatureShape, output: FeatureShape) -> Int {
    output.count * kernel * kernel * (input.channels / groups)
  }
}
