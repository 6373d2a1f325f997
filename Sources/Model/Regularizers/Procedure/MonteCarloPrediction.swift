import Canonical

/// Prediction by the mean over several passes with noise (Monte Carlo dropout, Gal and Ghahramani
/// 2016, with the arithmetic mean), in place of the one pass without noise that weight scaling allows.
/// Records the mean entropy of the predictions and how far the passes differ.
package struct MonteCarloPrediction: Procedure, Hashable {
  package static let name = "mcDropout"
  package static let need = ProcedureNeed.classifier
  package static let summary =
    "predictions are means over passes with noise"
  package static let example: any Regularizer = MonteCarloPrediction()

  /// Passes for every image.
  package var passes: Int
  /// Which mean of the passes' probabilities.
  package var mean: PredictionMean

  package init(passes: Int = 20, mean: PredictionMean = .arithmetic) {
    self.passes = passes
    self.mean = mean
  }

  package static let blank = MonteCarloPrediction()
  package static let fields: [Field<MonteCarloPrediction>] = [
    .whole("passes", \.passes, in: 1...10_000, .optional, "passes for every image"),
    .choice("mean", \.mean, .optional, "which mean of the passes' probabilities"),
  ]

  package var networks: Int { 1 }

  /// Leaves the network as it is.
  /// - Throws: `RegularizerConflict` where nothing in the network is random.
  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    guard network.hasNoise else {
      throw RegularizerConflict(
        Self.name,
        "nothing in \(network.name) is random, so that all passes would be the same; add dropout, "
          + "or another noise")
    }
    return network
  }
}

/// How several predictions of the same image become one.
package enum PredictionMean: String, CaseIterable, Sendable {
  /// The mean of the probabilities.
  case arithmetic
  /// Their geometric mean, scaled so that the classes' sum is 1.
  case geometric
}
