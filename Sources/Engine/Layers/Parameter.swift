import Model

/// A learned array of a compiled network, with its gradient.
public struct Parameter: @unchecked Sendable {
  /// Name, role, shape, fans.
  public let spec: ParameterSpec
  /// The values, in the engine's own order (see `ParameterSpec.shape`).
  public let values: UnsafeMutableBufferPointer<Float>
  /// The gradient of the batch's mean loss; meaningful after a backward pass.
  public let gradient: UnsafeMutableBufferPointer<Float>
}

extension Parameter {
  /// The first value. Every parameter holds at least one number.
  var base: UnsafeMutablePointer<Float> { values.baseAddress! }
  /// The first number of the gradient.
  var gradientBase: UnsafeMutablePointer<Float> { gradient.baseAddress! }
}
