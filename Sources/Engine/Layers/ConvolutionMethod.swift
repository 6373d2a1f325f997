import Model

/// The layer that computes a convolution; which one follows from its shape alone.
func convolutionLayer(
  _ spec: ConvolutionSpec, _ ports: LayerPorts, weights: Parameter, bias: Parameter?, relu: Bool,
  adds: Bool = false, context: LayerContext
) -> any Layer {
  if PointwiseConvolutionLayer.fits(spec) {
    return PointwiseConvolutionLayer(
      ports, weights: weights, bias: bias, relu: relu, adds: adds, context: context)
  }
  return ConvolutionLayer(
    spec, ports, weights: weights, bias: bias, relu: relu, adds: adds, context: context)
}
