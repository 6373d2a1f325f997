import Model

/// The layer that computes a convolution by the network's algorithm.
func convolutionLayer(
  _ spec: ConvolutionSpec, _ ports: LayerPorts, weights: Parameter, bias: Parameter?, relu: Bool,
  adds: Bool = false, context: LayerContext
) -> CompiledLayer {
  switch context.convolution {
  case .automatic where PointwiseConvolution.computes(spec):
    .pointwiseConvolution(
      ports, weights: weights, bias: bias, relu: relu, adds: adds, context: context)
  case .automatic where WinogradRule.fits(spec, input: ports.input.shape),
    .winograd where WinogradRule.computes(spec):
    .winogradConvolution(
      spec, ports, weights: weights, bias: bias, relu: relu, adds: adds, context: context)
  case .automatic where SmallMapConvolution.fits(spec, input: ports.input.shape),
    .smallMap where SmallMapConvolution.computes(spec):
    .smallMapConvolution(
      spec, ports, weights: weights, bias: bias, relu: relu, adds: adds, context: context)
  case .automatic, .direct, .winograd, .smallMap:
    .directConvolution(
      spec, ports, weights: weights, bias: bias, relu: relu, adds: adds, context: context)
  case .im2col:
    .unfoldedConvolution(
      spec, ports, weights: weights, bias: bias, relu: relu, adds: adds, context: context)
  }
}

extension LayerCompiler {
  func visit(_ spec: ConvolutionSpec) -> CompiledLayer {
    if let replacement = spec.replacement {
      return replacement.accept(ConvolutionReplacementCompiler(layer: self, spec: spec))
    }
    let (weights, bias) = linearParameters
    return convolutionLayer(
      spec, ports, weights: weights, bias: bias, relu: relu, context: context)
  }
}

/// Compiles a convolution whose product is replaced.
struct ConvolutionReplacementCompiler: ConvolutionReplacementVisitor {
  let layer: LayerCompiler
  let spec: ConvolutionSpec
}
