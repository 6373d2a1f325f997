import Study

/// The runs that differ in nothing but the trial: one cell of a table before it is summed up.
public struct ResultGroup: Sendable, Equatable {
  /// The arm's name.
  public var arm: String
  /// Where on the axes, in the study's order of axes.
  public var axes: [AxisValue]
  /// The data set's name.
  public var dataset: String
  /// Whether the data's digests are the catalogue's.
  public var isVerified: Bool
  /// Images held out for validation.
  public var validationImages: Int
  /// Updates of a complete run.
  public var updates: Int?
  /// The chosen or fixed hyper-parameters, by name, in the config's order.
  public var hyperparameters: [Hyperparameter]
  /// The finished runs by trial.
  public var runs: [RunOutcome]
  /// What a table of the study's own shows of them.
  public var measures: [TableMeasure] = [.testError]
}
