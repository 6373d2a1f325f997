import Canonical
import Model

/// How a parameter's weights are distributed after training (Kang, Li, Tao: Shakeout, Figures 4 and 8).
package struct WeightHistogram: Measurement, Hashable {
  package static let name = "weightHistogram"
  package static let summary =
    "the share of a parameter's weights in each of `bins` bins of equal width from `low` to `high`; "
    + "weights outside are in no bin. By default all weights"
  package static let curves = "each parameter's name: share of its weights against the bin's centre"
  package static let figures = [
    FigureKind(
      name: name, heading: "Distribution of weights",
      explanation:
        "How the weights are distributed after training: the share of weights in each bin, mean over "
        + "trials, a panel for each arm in the same axes.", series: name,
      drawing: .curves(
        CurveStyle(
          x: "weight", y: { _ in "share of weights (%)" }, heading: { "Weights of \($0)" },
          form: .bars, factors: (1, 100), logarithmicAbove: 20)))
  ]
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

  package static let blank = WeightHistogram()
  package static let fields: [Field<WeightHistogram>] = [
    .texts(
      "parameter", \.parameters.names, .optional, "the weights that are counted, by default all"),
    .number("low", \.low, in: -1e6...1e6, .optional, "where the first bin begins"),
    .number("high", \.high, in: -1e6...1e6, .optional, "where the last bin ends"),
    .whole("bins", \.bins, in: 1...10_000, .optional, "how many bins"),
  ]

  package func check(_ reader: ObjectReader) {
    if low >= high { reader.report("\"low\" must be below \"high\"", key: "low") }
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
