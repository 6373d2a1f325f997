extension AutoAugment {
  /// The operations that the policy for CIFAR uses.
  package enum Operation: String, Sendable {
    case shearY, translateX, translateY, rotate
    case color, contrast, brightness, sharpness
    case posterize, solarize, autoContrast, equalize, invert
  }

  /// An operation, how often it is applied, and how strongly (a level from 0 to 9).
  package struct Step: Sendable {
    /// What is done.
    package var operation: Operation
    /// How often.
    package var probability: Double
    /// How strongly.
    package var level: Int

    init(_ operation: Operation, _ probability: Double, _ level: Int) {
      self.operation = operation
      self.probability = probability
      self.level = level
    }
  }

  /// The 25 sub-policies, each of two steps in order.
  package static let policy: [(Step, Step)] = [
    (Step(.invert, 0.1, 7), Step(.contrast, 0.2, 6)),
    (Step(.rotate, 0.7, 2), Step(.translateX, 0.3, 9)),
    (Step(.sharpness, 0.8, 1), Step(.sharpness, 0.9, 3)),
    (Step(.shearY, 0.5, 8), Step(.translateY, 0.7, 9)),
    (Step(.autoContrast, 0.5, 8), Step(.equalize, 0.9, 2)),
    (Step(.shearY, 0.2, 7), Step(.posterize, 0.3, 7)),
    (Step(.color, 0.4, 3), Step(.brightness, 0.6, 7)),
    (Step(.sharpness, 0.3, 9), Step(.brightness, 0.7, 9)),
    (Step(.equalize, 0.6, 5), Step(.equalize, 0.5, 1)),
    (Step(.contrast, 0.6, 7), Step(.sharpness, 0.6, 5)),
    (Step(.color, 0.7, 7), Step(.translateX, 0.5, 8)),
    (Step(.equalize, 0.3, 7), Step(.autoContrast, 0.4, 8)),
    (Step(.translateY, 0.4, 3), Step(.sharpness, 0.2, 6)),
    (Step(.brightness, 0.9, 6), Step(.color, 0.2, 8)),
    (Step(.solarize, 0.5, 2), Step(.invert, 0.0, 3)),
    (Step(.equalize, 0.2, 0), Step(.autoContrast, 0.6, 0)),
    (Step(.equalize, 0.2, 8), Step(.equalize, 0.6, 4)),
    (Step(.color, 0.9, 9), Step(.equalize, 0.6, 6)),
    (Step(.autoContrast, 0.8, 4), Step(.solarize, 0.2, 8)),
    (Step(.brightness, 0.1, 3), Step(.color, 0.7, 0)),
    (Step(.solarize, 0.4, 5), Step(.autoContrast, 0.9, 3)),
    (Step(.translateY, 0.9, 9), Step(.translateY, 0.7, 9)),
    (Step(.autoContrast, 0.9, 2), Step(.solarize, 0.8, 3)),
    (Step(.equalize, 0.8, 8), Step(.invert, 0.1, 3)),
    (Step(.translateY, 0.7, 9), Step(.autoContrast, 0.9, 1)),
  ]
}
