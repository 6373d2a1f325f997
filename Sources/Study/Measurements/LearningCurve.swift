import Canonical
import Model

/// The errors of a run's evaluations, and the loss between them (Liang, Khoo, Yang, Figure 4).
public struct LearningCurve: Measurement, Hashable {
  /// `learningCurve`.
  public static let name = "learningCurve"
  /// For listings.
  public static let summary =
    "errors at every evaluation and the mean training loss since the one before; `training` adds "
    + "the error on the training images, without noise, which costs a pass over them each time"
  /// For listings.
  public static let curves =
    "`training_loss` (nats), `training_error`, `validation_error`, `test_error` (percent) against "
    + "epochs done"
  /// For listings.
  public static let example: any Measurement = LearningCurve()

  /// Whether the training images are evaluated too.
  public var includesTraining: Bool

  /// A learning curve.
  public init(includesTraining: Bool = false) { self.includesTraining = includesTraining }

  /// Reads `training`.
  public init(reading reader: ObjectReader) {
    includesTraining = reader.bool("training", default: false)
  }

  /// The canonical form.
  public var json: JSONValue {
    .object(["name": .string(Self.name), "training": .bool(includesTraining)])
  }

  /// Every run has one; errors on training images are those of one classifier.
  public func check(_ cell: MeasuredCell) throws(MeasurementMisfit) {
    guard includesTraining else { return }
    try cell.needsOneNetwork("the error on the training images")
    guard cell.spec.task == .classification else {
      throw MeasurementMisfit("only classifiers have an error on the training images")
    }
  }
}
