import Canonical
import Model

/// The largest weight that each input unit of a layer has to any output (Kang, Li, Tao: Shakeout,
/// Figure 9): near 0 for a unit that the layer does without.
package struct UnitMaxima: Measurement, Hashable {
  package static let name = "unitMaxima"
  package static let summary =
    "for each input unit (channel, in a convolution) of a layer the largest magnitude of its weights. "
    + "By default of the layer that noise masks"
  package static let curves =
    "each parameter's name: largest magnitude against the input unit's number (a map's units in the "
    + "order row, column, channel)"
  package static let figures = [
    FigureKind(
      name: name, heading: "Largest weights of units",
      explanation:
        "The largest weight that leaves each input unit, units sorted by it, mean over trials.",
      series: name,
      drawing: .curves(
        CurveStyle(
          x: "input units, sorted", y: { _ in "largest |w| of a unit" },
          heading: { "Largest weights of \($0)" }, includes: [0], sortsPoints: true)))
  ]
  package static let example: any Measurement = UnitMaxima()

  package var parameters: MeasuredParameters

  /// The maxima of some parameters.
  package init(_ parameters: MeasuredParameters = .init()) { self.parameters = parameters }

  package static let blank = UnitMaxima()
  package static let fields: [Field<UnitMaxima>] = [
    .texts("parameter", \.parameters.names, .optional, "the weights whose largest are looked for")
  ]

  /// Needs a network with such weights.
  package func check(_ cell: MeasuredCell) throws(MeasurementMisfit) { _ = try names(in: cell) }

  /// The parameters that are looked at.
  package func names(in cell: MeasuredCell) throws(MeasurementMisfit) -> [String] {
    try cell.needsOneNetwork(Self.name)
    return try parameters.chosen(
      among: cell.weights, default: cell.maskedWeights, of: cell.network)
  }
}
