import Canonical
import Model

/// The errors of a run's evaluations, and the loss between them (Liang, Khoo, Yang, Figure 4).
package struct LearningCurve: Measurement, Hashable {
  package static let name = "learningCurve"
  package static let summary =
    "errors at every evaluation and the mean training loss since the one before; `training` adds "
    + "the error on the training images, without noise, which costs a pass over them each time"
  package static let curves =
    "`training_loss` (nats), `training_error`, `validation_error`, `test_error` (percent) against "
    + "epochs done"
  package static let figures = [
    FigureKind(
      name: "learningCurves", heading: "Learning curves",
      explanation:
        "The course of training: means over trials, with the range of the trials as a band.",
      series: name,
      drawing: .curves(
        CurveStyle(
          x: "epoch",
          y: { curve in
            let words = curve.replacing("_", with: " ")
            return curve.hasSuffix("error") ? "\(words) (%)" : "\(words) (nats)"
          },
          heading: { curve in
            let words = curve.replacing("_", with: " ")
            return words.prefix(1).uppercased() + words.dropFirst()
          }, logarithmicAbove: 30)))
  ]
  package static let example: any Measurement = LearningCurve()

  /// Whether the training images are evaluated too.
  package var includesTraining = false

  package static let blank = LearningCurve()
  package static let fields: [Field<LearningCurve>] = [
    .flag(
      "training", \.includesTraining, .optional,
      "whether the training images are evaluated too")
  ]

  /// A curve of one point is none.
  package func warning(_ cell: MeasuredCell) -> MeasurementMisfit? {
    guard cell.setup.evaluation == .atEnd else { return nil }
    return MeasurementMisfit(
      "without evaluations before the end the curve is a single point",
      advice: "set \"evaluation\": {\"everyEpochs\": 1}, or \"every\" for updates")
  }

  /// Every run has one; errors on training images are those of one classifier.
  package func check(_ cell: MeasuredCell) throws(MeasurementMisfit) {
    guard includesTraining else { return }
    try cell.needsOneNetwork("the error on the training images")
    guard cell.spec.task == .classification else {
      throw MeasurementMisfit("only classifiers have an error on the training images")
    }
  }
}
