import Canonical
import Model

/// How well a linear support vector machine classifies by a layer's output (Kang, Li, Tao: Shakeout,
/// section 4.1). A column of `runs.csv` and a metric of tables, no series.
package struct FeatureSVM: Measurement, Hashable {
  package static let name = "svm"
  package static let summary =
    "a linear one-against-rest support vector machine on the output of `layer` (by default the last "
    + "hidden one) for the training images, with the cost of 0.01, 0.1, 1 and 10 that errs least on "
    + "the validation images (1 without any)"
  package static let curves =
    "no series: the columns `svm_accuracy` (percent, on the test images) and `svm_cost` of `measures` "
    + "in `runs.csv`, which are metrics of tables"
  package static let figures: [FigureKind] = []
  package static let example: any Measurement = FeatureSVM()

  /// The layer; nil is the last one before the output that has an output of its own in memory.
  package var layer: String?

  package static let blank = FeatureSVM()
  package static let fields: [Field<FeatureSVM>] = [
    .text("layer", \.layer, "the layer whose output is classified")
  ]

  /// Needs a classifier with such a layer.
  package func check(_ cell: MeasuredCell) throws(MeasurementMisfit) {
    try cell.needsOneNetwork(Self.name)
    guard cell.spec.task == .classification else {
      throw MeasurementMisfit(
        "the errors of an autoencoder are those of such a machine already",
        advice: "its tables have them as \"test_accuracy\"")
    }
    let known = cell.layers.dropLast().map(\.name)
    guard let layer, !known.contains(layer) else { return }
    throw MeasurementMisfit(
      "\(cell.network.name) has no hidden layer \"\(layer)\"",
      advice: Advice.among(known, insteadOf: layer))
  }
}
