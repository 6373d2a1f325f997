import Model

/// A learned array of a compiled network, with its gradient.
package struct Parameter: @unchecked Sendable {
  /// Name, role, shape, fans.
  package let spec: ParameterSpec
  /// The values, in the engine's own order (see `ParameterSpec.shape`).
  package let values: UnsafeMutableBufferPointer<Float>
  /// The gradient of the batch's mean loss; meaningful after a backward pass.
  package let gradient: UnsafeMutableBufferPointer<Float>
}

extension Parameter {
  /// The first value. Every parameter holds at least one number.
  var base: UnsafeMutablePointer<Float> { values.baseAddress! }
  /// The first number of the gradient.
  var gradientBase: UnsafeMutablePointer<Float> { gradient.baseAddress! }
}

/// An array of a compiled network that is measured in training and used in evaluation.
package struct Statistic: @unchecked Sendable {
  /// Name, shape and start.
  package let spec: StatisticSpec
  package let values: UnsafeMutableBufferPointer<Float>

  /// Sets every value to the one before training.
  package func reset() { values.update(repeating: Float(spec.start)) }
}

extension Statistic {
  /// The first value. Every statistic holds at least one number.
  var base: UnsafeMutablePointer<Float> { values.baseAddress! }
}
