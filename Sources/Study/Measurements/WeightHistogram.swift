import Canonical
import Model

/// How a parameter's weights are distributed after training (Kang, Li, Tao: Shakeout, Figures 4 and 8).
package struct WeightHistogram: Measurement, Hashable {
  /// `weightHistogram`.
  package static let name = "weightHistogram"
  package static let summary =
    "the share of a parameter's weights in each of `bins` bins of equal width from `low` to `high`; "
    + "weights outside are in no bin. By default all weights"
  package static let curves = "each parameter's name: share of its weights against the bin's centre"
  package static let example: any Measurement = WeightHistogram()

  package var parameters: MeasuredParameters
  /// Where the first bin begins.
  package var low: Double
  /// Where the last bin ends, excluded.
  package var high: Double
  /// How many bins.
  package var bins: Int

  /// A histogram.
  package init(
    _ parameters: MeasuredParameters = .init(), low: Double = -0.5, high: Double = 0.5,
    bins: Int = 100
  ) {
    self.parameters = parameters
    self.low = low
    self.high = high
    self.bins = bins
  }

  /// Reads `parameter`, `low`, `high` and `bins`.
  package init(reading reader: ObjectReader) {
    self.init(
      MeasuredParameters(reading: reader), low: reader.double("low", default: -0.5, in: -1e6...1e6),
      high: reader.double("high", default: 0.5, in: -1e6...1e6),
      bins: reader.int("bins", default: 100, in: 1...10_000))
    if low >= high { reader.report("\"low\" must be below \"high\"", key: "low") }
  }

  package var json: JSONValue {
    .object([
      .init("name", .string(Self.name)), parameters.member, .init("low", .number(low)),
      .init("high", .number(high)), .init("bins", .number(bins)),
    ])
  }

  /// Needs a network with such weights.
  package func check(_ cell: MeasuredCell) throws(MeasurementMisfit) { _ = try names(in: cell) }

  /// The parameters that are looked at.
  package func names(in cell: MeasuredCell) throws(MeasurementMisfit) -> [String] {
    try cell.needsOneNetwork(Self.name)
    return try parameters.chosen(
      among: cell.weights, default: ["*"], of: cell.network)
  }
}
