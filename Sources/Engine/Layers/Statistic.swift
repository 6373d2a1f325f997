import Model

/// An array of a compiled network that is measured in training and used in evaluation.
public struct Statistic: @unchecked Sendable {
  /// Name, shape and start.
  public let spec: StatisticSpec
  /// The values.
  public let values: UnsafeMutableBufferPointer<Float>

  /// Sets every value to the one before training.
  public func reset() { values.update(repeating: Float(spec.start)) }
}

extension Statistic {
  /// The first value. Every statistic holds at least one number.
  var base: UnsafeMutablePointer<Float> { values.baseAddress! }
}
