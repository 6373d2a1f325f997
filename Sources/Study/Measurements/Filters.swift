import Canonical
import Model

/// Pictures of what the units of the first layer look for (Kang, Li, Tao: Shakeout, Figure 5).
package struct Filters: Measurement, Hashable {
  package static let name = "filters"
  package static let summary =
    "pictures of the weights that the first `units` units of the layer on the input give its numbers; "
    + "of the first trial alone"
  package static let curves =
    "`series/filters.csv`: `unit,width,height,low,high,pixels`, a grey value in two hexadecimal "
    + "digits for each weight, row by row, from `low` = 00 to `high` = ff; the channels of a colour "
    + "input below each other"
  package static let figures = [
    FigureKind(
      name: name, heading: "Filters",
      explanation:
        "The incoming weights of hidden units as images, black lowest, white highest.",
      series: name, drawing: .filters)
  ]
  package static let example: any Measurement = Filters()

  /// Units at most.
  package var units: Int

  /// Pictures of the first units.
  package init(units: Int = 100) { self.units = units }

  package static let blank = Filters()
  package static let fields: [Field<Filters>] = [
    .whole("units", \.units, in: 1...10_000, .optional, "units at most")
  ]

  /// Needs a dense layer or a convolution right on the input.
  package func check(_ cell: MeasuredCell) throws(MeasurementMisfit) { _ = try layer(in: cell) }

  /// The layer on the input.
  package func layer(in cell: MeasuredCell) throws(MeasurementMisfit) -> PlacedLayer {
    try cell.needsOneNetwork(Self.name)
    let name = cell.network.name
    // Noise on the input changes no number's place.
    let first = cell.network.layers.first { named in
      if case .unitNoise = named.layer { false } else { true }
    }
    guard let first, let layer = cell.layers.first(where: { $0.name == first.name }) else {
      throw MeasurementMisfit("\(name) has no layers")
    }
    if case .dense = layer.layer {
      guard !layer.input.isVector else {
        throw MeasurementMisfit("the input of \(name) is no picture but a vector")
      }
      return layer
    }
    if case .convolution(let spec) = layer.layer, spec.groups == 1 { return layer }
    throw MeasurementMisfit(
      "the first layer of \(name), \"\(layer.name)\", is neither dense nor a plain convolution, so "
        + "that no unit's weights are a picture of the input")
  }
}
