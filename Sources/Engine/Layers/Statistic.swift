import Model

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
