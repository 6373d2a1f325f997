import Canonical
import Model
import Study

extension StudyOutline {
  /// The facts of a study with its finished runs. Records of selection, of cells that the study
  /// does not have and of trials beyond its number play no part.
  package init(_ study: StudySpec, records: [RunRecord]) {
    let final = records.filter { $0.stage == .final && (1...study.trials).contains($0.trial) }
    let examples = study.upperBound.filter(\.isFinal).map(\.example)
    let groups = study.rows.map { arm, axes in
      ResultGroup(
        arm: arm, axes: axes,
        example: examples.first { $0.arm == arm && $0.axes == axes },
        records: final.filter { $0.arm == arm && $0.axes == axes })
    }
    self.init(
      name: study.name, title: study.title?.tidy, profile: study.profile,
      isAltered: study.isAltered,
      reduced: study.reduced?.tidy, trials: study.trials,
      selectsHyperparameters: study.upperBound.contains { !$0.isFinal },
      selectsOnTest: study.selectOn == .test,
      notes: study.notes.map { ($0.path.isEmpty ? $0.text : "\($0.path): \($0.text)").tidy },
      cores: Set(final.map(\.openBLASCore)).sorted(),
      mappings: study.reproduces.map(Mapping.init), groups: groups, seed: study.seed,
      selectOn: study.selectOn,
      selections: groups.filter { group in
        study.upperBound.contains {
          !$0.isFinal && $0.example.arm == group.arm && $0.example.axes == group.axes
        }
      }.compactMap {
        SelectionGrid(records, arm: $0.arm, axes: $0.axes, of: $0, selectOn: study.selectOn)
      })
  }
}

extension StudyOutline.Mapping {
  init(_ reproduction: Reproduction) {
    self.init(
      paper: reproduction.paper, table: reproduction.table,
      metric: reproduction.metric, margin: reproduction.margin,
      over: reproduction.over, along: reproduction.along,
      pooledShare: reproduction.pooledShare,
      covers: { reproduction.condition.matches(arm: $0.arm, axes: $0.axes) },
      row: { reproduction.row.text(arm: $0.arm, axes: $0.axes) },
      column: { reproduction.column.text(arm: $0.arm, axes: $0.axes) })
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
    var training: TrainingFacts?
    if let spec, let setup, let facts { training = TrainingFacts(spec, setup, facts) }
    self.init(
      arm: arm, axes: axes, dataset: setup?.dataset.name ?? (spec == nil ? "" : "none"),
      isVerified: !(setup?.dataset.unverified ?? false) && trials.allSatisfy(\.isVerified),
      validationImages: setup?.dataset.validation ?? 0,
      // Where nothing is trained, the last update is the whole run.
      updates: spec != nil && setup == nil ? 0 : facts.flatMap { setup?.totalUpdates($0) },
      hyperparameters: trials.min { $0.trial < $1.trial }?.hyperparameters ?? [],
      runs: trials.map { RunOutcome($0, training) }, metrics: spec?.tableMetrics ?? [])
  }
}

extension RunOutcome {
  init(_ record: RunRecord, _ training: TrainingFacts?) {
    self.init(
      trial: record.trial, diverged: record.diverged, last: record.last,
      atBestValidation: record.validation, best: record.test,
      lastValidation: record.finalValidationError, bestValidation: record.bestValidationError,
      bestValidationEpoch: training.flatMap { $0.epoch(ofUpdate: record.bestValidationUpdate) },
      measures: Dictionary(record.measures.map { ($0.name, $0.value) }) { first, _ in first }
        .merging(training?.measures ?? [:]) { first, _ in first })
  }
}

extension ResultTable {
  /// Sums up the records of a study and sets the published numbers beside them.
  package init(
    study: StudySpec, records: [RunRecord], published: PublishedNumbers = .embedded
  ) {
    self.init(outline: StudyOutline(study, records: records), published: published)
  }
}
