/// How a network's convolutions are computed. Results differ in their last bits.
public enum ConvolutionAlgorithm: String, CaseIterable, Sendable {
  /// Chosen by each layer's shape: a plain matrix product for 1×1 kernels with stride 1, no padding
  /// and one group, which need no unfolding; otherwise direct.
  case automatic
  /// Windows are read where they lie, without unfolding.
  case direct
  /// Windows are unfolded into a matrix, then multiplied by OpenBLAS.
  case im2col
}
