import Canonical

/// A transposed convolution: the map from outputs to inputs that a convolution's backward pass
/// computes, used forwards to enlarge maps.
package struct TransposedConvolutionSpec: LinearKind {
  package static let type = LayerType.transposedConvolution

  /// Output channels.
  package var outputs: Int
  /// Rows and columns of the kernel.
  package var kernel: Int
  /// Step in the output for one step in the input.
  package var stride: Int
  /// Rows and columns cut off each side of the output.
  package var padding: Int
  /// Rows and columns added at the far sides of the output, below the stride: several output sizes
  /// belong to one input size, and this chooses among them.
  package var outputPadding: Int
  /// Whether an additive term per output channel is learned.
  package var hasBias: Bool
  /// The layer's own initialiser, if the recipe's does not hold for it.
  package var initializer: Initializer?

  package init(
    outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0, outputPadding: Int = 0,
    hasBias: Bool = true, initializer: Initializer? = nil
  ) {
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.outputPadding = outputPadding
    self.hasBias = hasBias
    self.initializer = initializer
  }

  package static let blank = TransposedConvolutionSpec(outputs: 1, kernel: 1)
  package static let fields: [Field<TransposedConvolutionSpec>] = [
    .whole("outputs", \.outputs, in: LayerLimits.outputs, .required, "output channels"),
    .whole(
      "kernel", \.kernel, in: LayerLimits.kernels, .required, "rows and columns of the kernel"),
    .whole("stride", \.stride, in: LayerLimits.strides, .optional, "step between windows"),
    .whole("padding", \.padding, in: LayerLimits.paddings, .optional, "rows taken off each side"),
    .whole(
      "outputPadding", \.outputPadding, in: LayerLimits.paddings, .optional,
      "rows added at the far side"),
    .flag("bias", \.hasBias, .optional, "whether a term for each output channel is learned"),
    .initializer(\.initializer, "the distribution of the layer's own initial weights"),
  ]

  package func check(_ reader: ObjectReader) {
    if padding >= kernel {
      reader.report("\"padding\" must be below \"kernel\"", key: "padding")
    }
    if outputPadding >= stride, outputPadding > 0 {
      reader.report("\"outputPadding\" must be below \"stride\"", key: "outputPadding")
    }
  }

  package var layer: LayerSpec { .transposedConvolution(self) }

  package var traits: LayerTraits {
    LayerTraits(
      outputUse: .nothing, overwritesInput: .never, takesRelu: .never, worksOnSlices: false,
      addsGradient: false, joinsNormalization: false, isReadThrough: false,
      ordering: .byWeights)
  }

  /// (in − 1)·stride − 2·padding + kernel + outputPadding, PyTorch's rule.
  package func outputShape(
    of input: FeatureShape, name: String
  ) throws(ShapeError) -> FeatureShape {
    func size(_ length: Int) -> Int {
      (length - 1) * stride - 2 * padding + kernel + outputPadding
    }
    let shape = FeatureShape(
      height: size(input.height), width: size(input.width), channels: outputs)
    guard shape.height > 0, shape.width > 0 else {
      throw ShapeError(
        layer: name,
        "a \(kernel)×\(kernel) kernel with padding \(padding) leaves nothing of a map of \(input)")
    }
    return shape
  }

  // The fans are those of PyTorch and Caffe, which read the weights' axes as if they belonged to a
  // convolution: fan-in counts the output channels.
  package func weights(input: FeatureShape) -> (shape: [Int], fanIn: Int, fanOut: Int) {
    (
      [input.channels, outputs, kernel, kernel], outputs * kernel * kernel,
      input.channels * kernel * kernel
    )
  }

  package func weightAxes(
    _ shape: [Int], input: FeatureShape, outputs: FeatureShape?
  ) -> (axes: [ArrayLayout.Axis], memory: [Int]) {
    (
      [.plain(shape[0]), .vector(shape[1], order: outputs), .plain(shape[2]), .plain(shape[3])],
      [0, 2, 3, 1]
    )
  }

  /// Every input value meets every weight of its channel once; what padding cuts off is counted.
  package func multiplyAdds(input: FeatureShape, output: FeatureShape) -> Int {
    input.count * outputs * kernel * kernel
  }
}
