/// What is kept of a finished run: a row of `runs.csv`, whose columns the properties are named after.
/// Errors are in per cent, and nil where the task classifies nothing.
package struct RunRecord: Sendable {
  /// What the run was for.
  package enum Stage: String, CaseIterable, Sendable {
    /// A candidate of selection.
    case selection
    /// A run of the table.
    case final
  }

  /// The cell's id.
  package var id: String
  /// What the run was for.
  package var stage: Stage
  /// The arm's name.
  package var arm: String
  /// The axes' values in the order of the config.
  package var axes: [AxisValue]
  /// 0 for selection, 1…n for final runs.
  package var trial: Int
  /// The numbers of the regularizers.
  package var hyperparameters: [Hyperparameter]
  /// Updates done.
  package var updates: Int
  /// Test error after the last update.
  package var testErrorLast: Double?
  /// Test error where the validation error was lowest, at its first occurrence; nil without
  /// validation images.
  package var testErrorAtBestValidation: Double?
  /// That lowest validation error.
  package var bestValidationError: Double?
  /// The update after which it was measured.
  package var bestValidationUpdate: Int?
  /// The lowest test error, at its first occurrence (an oracle's choice).
  package var bestTestError: Double?
  /// The update after which it was measured.
  package var bestTestUpdate: Int?
  /// Validation error after the last update, by which hyper-parameters are selected.
  package var validationErrorLast: Double?
  /// Mean loss of the last training batch; nil where nothing was trained.
  package var trainingLossLast: Double?
  /// Whether the loss stopped being a number.
  package var diverged: Bool
  /// SHA-256 of the final weights, in hexadecimal digits.
  package var weightsDigest: String
  /// The kernels that OpenBLAS chose.
  package var openBLASCore: String
  /// The commit of the binary, marked where it was dirty.
  package var build: String
  /// Identifies the content of the data.
  package var dataDigest: String
  /// Whether the data are the catalogue's.
  package var isVerified: Bool
  /// What was measured beside errors after the last update, for example the sparsity.
  package var measures: [Measure]
  /// How sums were rounded.
  package var arithmetic: Arithmetic
  /// Identifies the content of the run's series (`Series.digest`); empty where there are none.
  package var seriesDigest: String

  package init(
    id: String, stage: Stage, arm: String, axes: [AxisValue], trial: Int,
    hyperparameters: [Hyperparameter], updates: Int, testErrorLast: Double?,
    testErrorAtBestValidation: Double?,
    bestValidationError: Double?, bestValidationUpdate: Int?, bestTestError: Double?,
    bestTestUpdate: Int?,
    validationErrorLast: Double?, trainingLossLast: Double?, diverged: Bool, weightsDigest: String,
    openBLASCore: String, build: String, dataDigest: String, isVerified: Bool,
    arithmetic: Arithmetic, measures: [Measure], seriesDigest: String
  ) {
    self.id = id
    self.stage = stage
    self.arm = arm
    self.axes = axes
    self.trial = trial
    self.hyperparameters = hyperparameters
    self.updates = updates
    self.testErrorLast = testErrorLast
    self.testErrorAtBestValidation = testErrorAtBestValidation
    self.bestValidationError = bestValidationError
    self.bestValidationUpdate = bestValidationUpdate
    self.bestTestError = bestTestError
    self.bestTestUpdate = bestTestUpdate
    self.validationErrorLast = validationErrorLast
    self.trainingLossLast = trainingLossLast
    self.diverged = diverged
    self.weightsDigest = weightsDigest
    self.openBLASCore = openBLASCore
    self.build = build
    self.dataDigest = dataDigest
    self.isVerified = isVerified
    self.measures = measures
    self.arithmetic = arithmetic
    self.seriesDigest = seriesDigest
  }
}

extension RunRecord: Equatable {
  /// Records are equal when their rows are, so that a diverged run equals itself.
  package static func == (a: RunRecord, b: RunRecord) -> Bool {
    a.axes.map(\.key) == b.axes.map(\.key) && a.fields == b.fields
  }
}
