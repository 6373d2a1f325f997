/// How a network's convolutions are computed. Results differ in their last bits.
package enum ConvolutionAlgorithm: String, CaseIterable, Sendable {
  /// Chosen by each layer's shape: a plain matrix product for 1×1 kernels with stride 1, no padding
  /// and one group, which need no unfolding; Winograd's for 3×3 kernels with stride 1 and padding 1
  /// on maps and channels large enough to pay for its transforms; products over the batch where a
  /// small map leaves many taps in its border; otherwise direct.
  case automatic
  /// Windows are read where they lie, without unfolding.
  case direct
  /// Winograd's F(4×4, 3×3) wherever it can be computed, otherwise direct.
  case winograd
  /// One product over the batch for each output position and row of taps, wherever the stride is 1
  /// and there is one group, otherwise direct.
  case smallMap
  /// Windows are unfolded into a matrix, then multiplied by OpenBLAS.
  case im2col
}
