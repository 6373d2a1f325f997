/// How weights start. Biases start at 0 unless the rule says otherwise.
package enum Initializer: Hashable, Sendable {
  /// U(−a, a) with a = √(3/fan_in): Caffe's `xavier` with its default variance norm.
  case caffeXavier
  /// N(0, σ²).
  case gaussian(deviation: Double)
  /// N(0, 2/fan_out), fan_out = kernel positions × output channels.
  case heFanOut
  /// N(0, 2/fan_in).
  case heFanIn
  /// U(−1/√fan_in, 1/√fan_in) for weights and biases: PyTorch's default for linear layers.
  case torchDefault
  /// U(−a, a) with a = 4·√(6/(fan_in + fan_out)): Glorot and Bengio's rule for logistic units.
  case glorotSigmoid
  /// Convolutions from N(0, 2/fan_out), matrices from N(0, 0.01²): torchvision's VGG of 2017.
  case torchvisionVGG
}
