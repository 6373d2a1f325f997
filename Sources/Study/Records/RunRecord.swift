/// What is kept of a finished run: a row of `runs.csv`. Errors are in per cent, and nil where the task
/// classifies nothing.
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
  package var last: Double?
  /// Test error where the validation error was lowest, at its first occurrence; nil without
  /// validation images.
  package var validation: Double?
  /// That lowest validation error.
  package var bestValidationError: Double?
  /// The update after which it was measured.
  package var bestValidationUpdate: Int?
  /// The lowest test error, at its first occurrence (an oracle's choice).
  package var test: Double?
  /// The update after which it was measured.
  package var bestTestUpdate: Int?
  /// Validation error after the last update, by which hyper-parameters are selected.
  package var finalValidationError: Double?
  /// Mean loss of the last training batch; nil where nothing was trained.
  package var lastTrainingLoss: Double?
  /// Whether the loss stopped being a number.
  package var diverged: Bool
  /// SHA-256 of the final weights, in hexadecimal digits.
  package var weightsHash: String
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
  /// Identifies the content of the run's series (`Series.digest`); empty where there are none.
  package var seriesDigest: String

  /// A record from its parts.
  package init(
    id: String, stage: Stage, arm: String, axes: [AxisValue], trial: Int,
    hyperparameters: [Hyperparameter], updates: Int, last: Double?, validation: Double?,
    bestValidationError: Double?, bestValidationUpdate: Int?, test: Double?, bestTestUpdate: Int?,
    finalValidationError: Double?, lastTrainingLoss: Double?, diverged: Bool, weightsHash: String,
    openBLASCore: String, build: String, dataDigest: String, isVerified: Bool,
    measures: [Measure] = [], seriesDigest: String = ""
  ) {
    self.id = id
    self.stage = stage
    self.arm = arm
    self.axes = axes
    self.trial = trial
    self.hyperparameters = hyperparameters
    self.updates = updates
    self.last = last
    self.validation = validation
    self.bestValidationError = bestValidationError
    self.bestValidationUpdate = bestValidationUpdate
    self.test = test
    self.bestTestUpdate = bestTestUpdate
    self.finalValidationError = finalValidationError
    self.lastTrainingLoss = lastTrainingLoss
    self.diverged = diverged
    self.weightsHash = weightsHash
    self.openBLASCore = openBLASCore
    self.build = build
    self.dataDigest = dataDigest
    self.isVerified = isVerified
    self.measures = measures
    self.seriesDigest = seriesDigest
  }
}

extension RunRecord: Equatable {
  /// Records are equal when their rows are, so that a diverged run equals itself.
  package static func == (a: RunRecord, b: RunRecord) -> Bool {
    a.axes.map(\.key) == b.axes.map(\.key) && a.fields == b.fields
      && a.seriesDigest == b.seriesDigest
  }
}
