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
  package var runs: [RunRecord]
  /// What the specification says of all of them; nil where nothing is trained.
  var facts: TrainingFacts?
  /// What was tried for a support vector machine.
  package var costs = SVMCosts.usual
  /// What tables of the study's own show of them.
  package var metrics: [Metric]

  /// Where it belongs.
  var row: StudyRow { StudyRow(arm: arm, axes: axes) }

  /// A run's value of `metric` under a selection; nil if it was not measured, or the metric has no such
  /// selection.
  func value(of metric: Metric, _ selection: ErrorSelection, in run: RunRecord) -> Double? {
    switch (metric.source, selection) {
    case (.evaluations(let evaluated), _): evaluation(evaluated, selection, in: run)
    case (.measures, .last): run.measures.first { $0.name == metric.name }?.value
    case (.facts, .last): facts?.counts[metric]
    case (.measures, _), (.facts, _), (.twoArms, _), (.axis, _): nil
    }
  }

  private func evaluation(
    _ evaluated: Metric.Evaluated, _ selection: ErrorSelection, in run: RunRecord
  ) -> Double? {
    switch (evaluated, selection) {
    case (.testError, .last): run.testErrorLast
    case (.testError, .validation): run.testErrorAtBestValidation
    case (.testError, .test): run.bestTestError
    case (.testAccuracy, _): evaluation(.testError, selection, in: run).map { 100 - $0 }
    case (.validationError, .last): run.validationErrorLast
    case (.validationError, .validation): run.bestValidationError
    case (.epochs, .validation):
      run.bestValidationUpdate.flatMap { facts?.epoch(ofUpdate: $0) }
    case (.validationError, .test), (.epochs, .last), (.epochs, .test): nil
    }
  }
}

extension ResultGroup {
  /// The finite values of the runs that did not diverge, by trial.
  func values(of metric: Metric, _ selection: ErrorSelection) -> [Int: Double] {
    runs.filter { !$0.diverged }.reduce(into: [:]) { values, run in
      if let value = value(of: metric, selection, in: run), value.isFinite {
        values[run.trial] = value
      }
    }
  }

  /// The same in the order of the trials.
  func valuesInOrder(of metric: Metric, _ selection: ErrorSelection) -> [Double] {
    let values = values(of: metric, selection)
    return values.keys.sorted().compactMap { values[$0] }
  }
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
    var common: TrainingFacts?
    if let spec, let setup, let facts { common = TrainingFacts(spec, setup, facts) }
    self.init(
      arm: arm, axes: axes, dataset: setup?.dataset.name ?? (spec == nil ? "" : "none"),
      isVerified: !(setup?.dataset.unverified ?? false) && trials.allSatisfy(\.isVerified),
      userFiles: setup?.dataset.files == nil ? nil : trials.map(\.dataDigest).min(),
      validationImages: setup?.dataset.validation ?? 0, testImages: facts?.test,
      // Where nothing is trained, the last update is the whole run.
      updates: spec != nil && setup == nil ? 0 : facts.flatMap { setup?.totalUpdates($0) },
      hyperparameters: trials.min { $0.trial < $1.trial }?.hyperparameters ?? [],
      runs: trials.sorted { $0.trial < $1.trial }, facts: common, costs: spec?.svmCosts ?? .usual,
      metrics: spec?.tableMetrics ?? [])
  }
}
