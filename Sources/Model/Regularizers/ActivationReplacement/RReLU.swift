import Canonical

/// Randomized leaky ReLU: below 0 the slope is drawn from U(a, b) for every sample, channel and
/// position anew (Xu et al. 2015; in the form of Liang, Khoo, Yang, eq. 6, and of PyTorch, which draw
/// the slope where Xu et al. draw its inverse). One of 256 slopes is drawn, the middles of equal parts of
/// the range.
package struct RReLU: ReplacesActivation, Hashable {
  package static let name = "rrelu"
  package static let attachment = Attachment.activationReplacement
  package static let summary =
    "ReLUs have random slopes below 0"
  package static let example: any Regularizer = RReLU()

  /// The slope in evaluation.
  package enum TestRule: String, CaseIterable, Sendable {
    /// The mean slope (a + b)/2, as in PyTorch: 11/48 for 1/8 and 1/3.
    case pytorch
    /// The inverse of the mean inverse, 2/(1/a + 1/b), as Xu et al. have it: 2/11.
    case xu
  }

  /// a, in [0, 1].
  package var lower: Double
  /// b, in [a, 1].
  package var upper: Double
  /// The slope in evaluation.
  package var test: TestRule
  /// The replaced ReLUs; by default all of the network.
  package var sites: Sites

  /// Slopes from `lower` to `upper`.
  package init(
    lower: Double = 1 / 8, upper: Double = 1 / 3, test: TestRule = .pytorch, sites: Sites = Sites()
  ) {
    self.lower = lower
    self.upper = upper
    self.test = test
    self.sites = sites
  }

  package static let blank = RReLU()
  package static let fields: [Field<RReLU>] = [
    .number("lower", \.lower, in: 0...1, .optional, "the smallest slope below 0"),
    .number("upper", \.upper, in: 0...1, .optional, "the largest slope below 0"),
    .choice("test", \.test, .optional, "the slope in evaluation"),
    .texts("at", \.sites.names, .optional, "the replaced ReLUs, by default all"),
  ]

  package func check(_ reader: ObjectReader) {
    if lower > upper { reader.report("\"lower\" must not be above \"upper\"", key: "lower") }
  }

  /// The slope in evaluation.
  package var testSlope: Double {
    switch test {
    case .pytorch: (lower + upper) / 2
    case .xu: 2 / (1 / lower + 1 / upper)
    }
  }

  package func asksForSigns(of function: ActivationSpec.Function) -> Bool { true }
  package func isReadThrough(of function: ActivationSpec.Function) -> Bool { true }

  /// Marks each ReLU.
  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    let names = try sites.activations(
      of: network, among: network.activationSites(of: .relu), for: Self.name)
    return try network.replacing(activations: names, by: .rrelu(self), for: Self.name)
  }
}
