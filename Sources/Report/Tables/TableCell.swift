import Study

/// The runs behind one cell of a table: one group, a group beside another that it is set against, or
/// several that count as one sample.
struct TableCell {
  /// The mapping that placed them; nil in a study's own table.
  var mapping: Reproduction?
  /// The row's label.
  var row: String
  /// The column's label.
  var column: String
  /// The groups, in the study's order; one unless they are pooled.
  var groups: [ResultGroup]
  /// The group that they are set against, for metrics that compare two arms.
  var base: ResultGroup?

  /// Whether every group's data are the catalogue's.
  var isVerified: Bool { groups.allSatisfy(\.isVerified) && base?.isVerified ?? true }

  /// Number of runs.
  var runCount: Int { groups.reduce(0) { $0 + $1.runs.count } }

  /// How many runs it has when all have finished and are kept.
  func plannedRuns(trials: Int) -> Int {
    guard let share = mapping?.pooledShare else { return trials }
    return max(1, Int((Double(groups.count * trials) * share).rounded()))
  }

  /// Number of runs that diverged.
  var divergedCount: Int { groups.reduce(0) { $0 + $1.runs.count { $0.diverged } } }

  /// The finite values: by trial, or by number in the pool, so that equal keys of two methods mean
  /// the same place in the grid.
  func values(of metric: Metric, _ selection: ErrorSelection) -> [Int: Double] {
    if let base { return compared(with: base, metric, selection) }
    if metric == .argmin { return [:] }
    guard mapping?.pooledShare != nil else {
      return groups.first?.values(of: metric, selection) ?? [:]
    }
    return pooled(metric, selection)
  }

  /// Each trial of the group against the same trial of the base.
  private func compared(
    with base: ResultGroup, _ metric: Metric, _ selection: ErrorSelection
  ) -> [Int: Double] {
    guard let group = groups.first else { return [:] }
    let measured: Metric = metric == .compression ? .sparsity : .testAccuracy
    let ours = group.values(of: measured, selection)
    let theirs = base.values(of: measured, selection)
    return ours.reduce(into: [:]) { values, entry in
      guard let reference = theirs[entry.key] else { return }
      let value =
        metric == .compression
        ? (1 - reference) / (1 - entry.value) : 100 * (entry.value - reference) / reference
      if value.isFinite { values[entry.key] = value }
    }
  }

  /// The runs of the pool that are kept: diverged ones are out, then those with the highest validation
  /// error until the mapping's share of all remains; of equals the later ones go.
  private func pooled(_ metric: Metric, _ selection: ErrorSelection) -> [Int: Double] {
    let runs = groups.flatMap { group in group.runs.map { (group: group, run: $0) } }
    let limit = Int((Double(runs.count) * (mapping?.pooledShare ?? 1)).rounded())
    func error(_ index: Int) -> Double { runs[index].run.bestValidationError ?? .infinity }
    let kept = runs.indices.filter { !runs[$0].run.diverged }
      .sorted { a, b in (error(a), a) < (error(b), b) }.prefix(limit)
    return kept.reduce(into: [:]) { values, index in
      let (group, run) = runs[index]
      if let value = group.value(of: metric, selection, in: run), value.isFinite {
        values[index + 1] = value
      }
    }
  }

  /// How many values a mean rests on: for an argmin the trials of every place on the axis.
  func count(of metric: Metric, _ values: [Double]) -> Int {
    guard metric == .argmin else { return values.count }
    return groups.map { $0.runs.count { !$0.diverged } }.min() ?? 0
  }

  /// The one-sided p of Welch's test that the group's accuracy is above the base's, as the paper on
  /// Delayed Strong Regularization has it; nil where two arms are not compared.
  func p(of metric: Metric, _ selection: ErrorSelection) -> Double? {
    guard metric == .relativeImprovement, let base, let group = groups.first else { return nil }
    func mean(_ group: ResultGroup) -> MeanWithError? {
      MeanWithError(
        of: group.valuesInOrder(of: .testAccuracy, selection),
        leastDeviation: Statistics.roundingDeviation(
          step: Metric.testAccuracy.resolution(testImages: group.testImages)))
    }
    guard let ours = mean(group), let theirs = mean(base) else { return nil }
    return TTest.welch(ours, theirs)?.p
  }
}
