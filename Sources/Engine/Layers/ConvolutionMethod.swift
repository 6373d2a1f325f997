import Model

/// The layer that computes a convolution by the network's algorithm.
func convolutionLayer(
  _ spec: ConvolutionSpec, _ ports: LayerPorts, weights: Parameter, bias: Parameter?, relu: Bool,
  adds: Bool = false, context: LayerContext
) -> CompiledLayer {
  if let phases = MapPhases(
    spec, input: ports.input.shape, output: ports.output.shape, context.convolution)
  {
    return .phasedConvolution(
      phases, ports, weights: weights, bias: bias, relu: relu, adds: adds, context: context)
  }
  return switch context.convolution {
  case .automatic where PointwiseConvolution.computes(spec):
    .pointwiseConvolution(
      ports, weights: weights, bias: bias, relu: relu, adds: adds, context: context)
  case .automatic where WinogradRule.fits(spec, input: ports.input.shape),
    .winograd where WinogradRule.computes(spec):
    .winogradConvolution(
      spec, ports, weights: weights, bias: bias, relu: relu, adds: adds, phases: nil,
      context: context)
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

/// How a network's convolutions are computed. Results differ in their last bits.
package enum ConvolutionAlgorithm: String, CaseIterable, Sendable {
  /// Chosen by each layer's shape: a plain matrix product for 1×1 kernels with stride 1, no padding
  /// and one group, which need no unfolding; Winograd's for 3×3 and 5×5 kernels with stride 1, and for
  /// 4×4 and 5×5 kernels with stride 2 by the phases of their maps, on maps and channels large enough
  /// to pay for its transforms; products over the batch where a small map leaves many taps in its
  /// border; otherwise direct.
  case automatic
  /// Windows are read where they lie, without unfolding.
  case direct
  /// Winograd's F(4×4, 3×3) and F(4×4, 5×5) wherever they can be computed, otherwise direct.
  case winograd
  /// One product over the batch for each output position and row of taps, wherever the stride is 1
  /// and there is one group, otherwise direct.
  case smallMap
  /// Windows are unfolded into a matrix, then multiplied by OpenBLAS.
  case im2col
}
