import Study

extension LearningCurve {
  /// The measure that evaluations gain where training images are evaluated.
  static let trainingError = "training_error"

  /// The series of a training.
  func series(_ curve: [CurvePoint], _ scale: EpochScale) -> Series {
    func points(_ name: String, _ value: (CurvePoint) -> Double?) -> [SeriesPoint] {
      curve.compactMap { point in
        value(point).map { SeriesPoint(curve: name, x: scale.x(after: point.update), y: $0) }
      }
    }
    return Series(
      name: Self.name,
      points: points("training_loss", \.trainingLoss)
        + points(Self.trainingError) { point in
          point.measures.first { $0.name == Self.trainingError }?.value
        }
        + points("validation_error", \.validationError) + points("test_error") { $0.testError })
  }
}
