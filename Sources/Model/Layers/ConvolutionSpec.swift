/// A two-dimensional cross-correlation (no kernel flip) with zero padding.
public struct ConvolutionSpec: Hashable, Sendable {
  /// Output channels.
  public var outputs: Int
  /// Rows and columns of the kernel.
  public var kernel: Int
  /// Step between windows, at least 1.
  public var stride: Int
  /// Zeros added on each side.
  public var padding: Int
  /// Whether an additive term per output channel is learned.
  public var hasBias: Bool
  /// The layer's own initialiser of its weights, if the recipe's does not hold for it.
  public var initializer: Initializer?

  /// Describes a convolution.
  public init(
    outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0, hasBias: Bool = true,
    initializer: Initializer? = nil
  ) {
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.hasBias = hasBias
    self.initializer = initializer
  }

  func outputShape(of input: FeatureShape, name: String) throws(ShapeError) -> FeatureShape {
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

  func parameters(input: FeatureShape, name: String) -> [ParameterSpec] {
    let fanIn = input.channels * kernel * kernel
    let fanOut = outputs * kernel * kernel
    let weight = ParameterSpec(
      name: "\(name).weight", role: .weight, shape: [outputs, input.channels, kernel, kernel],
      fanIn: fanIn, fanOut: fanOut, initializer: initializer)
    let bias = ParameterSpec(
      name: "\(name).bias", role: .bias, shape: [outputs], fanIn: fanIn, fanOut: fanOut,
      initializer: nil)
    return hasBias ? [weight, bias] : [weight]
  }

  func multiplyAdds(input: FeatureShape, output: FeatureShape) -> Int {
    output.count * kernel * kernel * input.channels
  }
}
