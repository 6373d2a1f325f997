import Canonical
import Model

/// How the variance of a layer's output differs between test and training (Liang, Khoo, Yang:
/// Drop-Activation, section 5.2 and Figure 6).
package struct VarianceShift: Measurement, Hashable {
  package static let name = "varianceShift"
  package static let summary =
    "after every epoch two passes over the training images, one as in training (noise, normalization "
    + "by the batch) and one as in evaluation: the variance of each channel of `layer` over images "
    + "and positions, averaged over channels"
  package static let curves = "each layer's name: Var(test)/Var(train) against epochs done"
  package static let figures = [
    FigureKind(
      name: name, heading: "Shift of the variance in training",
      explanation:
        "Variance of outputs in evaluation divided by that in training, in the course of training.",
      series: name,
      drawing: .curves(
        CurveStyle(
          x: "epoch", y: { _ in "Var(evaluation) / Var(training)" },
          heading: { "Variance shift at \($0)" }, guide: (1, "no shift"))))
  ]
  package static let example: any Measurement = VarianceShift(layers: ["relu1"])

  /// The layers whose outputs are looked at.
  package var layers: [String]

  package static let blank = VarianceShift(layers: [])
  package static let fields: [Field<VarianceShift>] = [
    .texts("layer", \.layers, .required, "the layers whose outputs are looked at")
  ]

  package func check(_ reader: ObjectReader) {
    if layers.isEmpty, reader.has("layer") {
      reader.report("\"layer\" must name at least one layer", key: "layer")
    }
  }

  /// Needs noise, for example Drop-Activation, and such layers.
  package func check(_ cell: MeasuredCell) throws(MeasurementMisfit) {
    try cell.needsOneNetwork(Self.name)
    guard cell.network.hasNoise else {
      throw MeasurementMisfit(
        "nothing in \(cell.network.name) is random, so that training and test hardly differ",
        advice: "measure it in the arms with \"\(DropActivation.name)\" or another noise")
    }
    let known = cell.layers.map(\.name)
    for name in layers where !known.contains(name) {
      throw MeasurementMisfit(
        "\(cell.network.name) has no layer \"\(name)\"",
        advice: Suggestion.nearest(to: name, among: known).map { "did you mean \"\($0)\"?" }
          ?? "regbench networks \(cell.network.name) lists its layers")
    }
  }
}
