import Study

/// The runs that differ in nothing but the trial: one cell of a table before it is summed up.
package struct ResultGroup: Sendable, Equatable {
  /// The arm's name.
  package var arm: String
  /// Where on the axes, in the study's order of axes.
  package var axes: [AxisValue]
  /// The data set's name.
  package var dataset: String
  /// Whether the data's digests are the catalogue's.
  package var isVerified: Bool
  /// Images held out for validation.
  package var validationImages: Int
  /// Updates of a complete run.
  package var updates: Int?
  /// The chosen or fixed hyper-parameters, by name, in the config's order.
  package var hyperparameters: [Hyperparameter]
  /// The finished runs by trial.
  package var runs: [RunOutcome]
  /// What tables of the study's own show of them.
  package var metrics: [Metric]
}
