import Study

extension LearningCurve: TakenMeasurement {
  func images(in cell: MeasuredCell) -> Double {
    guard includesTraining else { return 0 }
    return Double(cell.setup.evaluations(cell.facts) * cell.setup.trainingImages(cell.facts))
  }

  func recorder(of run: MeasuredRun) throws -> any MeasurementRecorder {
    LearningCurveRecorder(
      run.scale, trainingOf: includesTraining ? try run.classifier(for: Self.name) : nil)
  }
}

/// Gathers `learningCurve` from the evaluations.
private final class LearningCurveRecorder: MeasurementRecorder {
  private static let trainingError = "training_error"
  private let scale: EpochScale
  private let classifier: (any ClassifyingTask)?

  /// - Parameter classifier: whose error on the training images is measured too.
  init(_ scale: EpochScale, trainingOf classifier: (any ClassifyingTask)?) {
    self.scale = scale
    self.classifier = classifier
  }

  func evaluate() -> [Measure] {
    guard let classifier else { return [] }
    let feed = classifier.feed
    return [
      Measure(
        name: Self.trainingError,
        value: classifier.percentWrong(feed.dataset.training, feed.training))
    ]
  }

  func measure(_ training: FinishedTraining) -> FinalMeasurement {
    func points(_ name: String, _ value: (CurvePoint) -> Double?) -> [SeriesPoint] {
      training.curve.compactMap { point in
        value(point).map { SeriesPoint(curve: name, x: scale.x(after: point.update), y: $0) }
      }
    }
    let series = Series(
      name: LearningCurve.name,
      points: points("training_loss", \.trainingLoss)
        + points(Self.trainingError) { point in
          point.measures.first { $0.name == Self.trainingError }?.value
        }
        + points("validation_error", \.validationError) + points("test_error") { $0.testError })
    return FinalMeasurement(series: [series])
  }
}
