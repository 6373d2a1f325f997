import Model
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
  /// The digest of the user files that the runs saw; nil for other data.
  package var userFiles: String?
  /// Images held out for validation.
  package var validationImages: Int
  /// Images that errors are counted on; nil where there are none.
  package var testImages: Int?
  /// Updates of a complete run.
  package var updates: Int?
  /// The chosen or fixed hyper-parameters, by name, in the config's order.
  package var hyperparameters: [Hyperparameter]
  /// The finished runs by trial.
  package var runs: [RunOutcome]
  /// What was tried for a support vector machine.
  package var costs = SVMCosts.usual
  /// What tables of the study's own show of them.
  package var metrics: [Metric]

  /// Where it belongs.
  var row: StudyRow { StudyRow(arm: arm, axes: axes) }
}

extension ResultGroup {
  init(arm: String, axes: [AxisValue], example: Cell?, records: [RunRecord]) {
    let spec = example?.spec
    let setup = spec?.setup
    let facts = setup?.facts
    let trials = Dictionary(grouping: records, by: \.trial).compactMap { _, same in
      // One trial counts once, whatever the file holds; of several, the same one always.
      same.min { $0.id < $1.id }
    }
    var training: TrainingFacts?
    if let spec, let setup, let facts { training = TrainingFacts(spec, setup, facts) }
    self.init(
      arm: arm, axes: axes, dataset: setup?.dataset.name ?? (spec == nil ? "" : "none"),
      isVerified: !(setup?.dataset.unverified ?? false) && trials.allSatisfy(\.isVerified),
      userFiles: setup?.dataset.files == nil ? nil : trials.map(\.dataDigest).min(),
      validationImages: setup?.dataset.validation ?? 0, testImages: facts?.test,
      // Where nothing is trained, the last update is the whole run.
      updates: spec != nil && setup == nil ? 0 : facts.flatMap { setup?.totalUpdates($0) },
      hyperparameters: trials.min { $0.trial < $1.trial }?.hyperparameters ?? [],
      runs: trials.map { RunOutcome($0, training) }.sorted { $0.trial < $1.trial },
      costs: spec?.svmCosts ?? .usual, metrics: spec?.tableMetrics ?? [])
  }
}

extension RunOutcome {
  init(_ record: RunRecord, _ training: TrainingFacts?) {
    self.init(
      trial: record.trial, diverged: record.diverged, last: record.testErrorLast,
      atBestValidation: record.testErrorAtBestValidation, best: record.bestTestError,
      lastValidation: record.validationErrorLast, bestValidation: record.bestValidationError,
      bestValidationEpoch: training.flatMap { $0.epoch(ofUpdate: record.bestValidationUpdate) },
      measures: Dictionary(record.measures.map { ($0.name, $0.value) }) { first, _ in first }
        .merging(training?.measures ?? [:]) { first, _ in first })
  }
}
