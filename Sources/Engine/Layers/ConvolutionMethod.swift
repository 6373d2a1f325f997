import Model

/// The layer that computes a convolution by the network's algorithm.
func convolutionLayer(
  _ spec: ConvolutionSpec, _ ports: LayerPorts, weights: Parameter, bias: Parameter?, relu: Bool,
  adds: Bool = false, context: LayerContext
) -> any Layer {
  switch context.convolution {
  case .automatic where PointwiseConvolutionLayer.fits(spec):
    PointwiseConvolutionLayer(
      ports, weights: weights, bias: bias, relu: relu, adds: adds, context: context)
  case .automatic where WinogradConvolutionLayer.fits(spec, input: ports.input.shape),
    .winograd where WinogradConvolutionLayer.computes(spec, input: ports.input.shape):
    WinogradConvolutionLayer(
      ports, weights: weights, bias: bias, relu: relu, adds: adds, context: context)
  case .automatic where SmallMapConvolutionLayer.fits(spec, input: ports.input.shape),
    .smallMap where SmallMapConvolutionLayer.computes(spec):
    SmallMapConvolutionLayer(
      spec, ports, weights: weights, bias: bias, relu: relu, adds: adds, context: context)
  case .automatic, .direct, .winograd, .smallMap:
    ConvolutionLayer(
      spec, ports, weights: weights, bias: bias, relu: relu, adds: adds, context: context)
  case .im2col:
    UnfoldedConvolutionLayer(
      spec, ports, weights: weights, bias: bias, relu: relu, adds: adds, context: context)
  }
}
