import Study

/// What tables need of a study: its protocol in a few facts and its cells without their trials.
package struct StudyOutline: Sendable {
  /// Where a study's cells stand in a published table.
  package struct Mapping: Sendable {
    /// The paper's name.
    package var paper: String
    /// The table's name.
    package var table: String
    /// What the table shows.
    package var metric: Metric
    /// The margin for verdicts in the metric's unit, where the study gives its own.
    package var margin: Double?
    /// The arm that others are set against, for metrics that compare two.
    package var over: String?
    /// The axis along which the lowest value is looked for.
    package var along: String?
    /// The share of best runs that is kept where all of one row and column count as one sample.
    package var pooledShare: Double?
    /// Whether a group belongs to the table.
    package var covers: @Sendable (ResultGroup) -> Bool
    /// A group's row.
    package var row: @Sendable (ResultGroup) -> String
    /// A group's column.
    package var column: @Sendable (ResultGroup) -> String
  }

  /// The study's name.
  package var name: String
  /// What it is about, if it says so.
  package var title: String?
  /// The profile's name.
  package var profile: String
  /// Whether the command line changed what the file says.
  package var isAltered: Bool
  /// The study's own sentence about what it reduces against the paper, if it has one.
  package var reduced: String?
  /// Trials of each final cell.
  package var trials: Int
  /// Whether hyper-parameters are selected on the validation split.
  package var selectsHyperparameters: Bool
  /// Whether they are selected on the test set, which nobody could do in practice.
  package var selectsOnTest: Bool
  /// The notes in the config: choices that the paper leaves open, and deviations from it.
  package var notes: [String]
  /// The OpenBLAS cores that the runs come from, sorted.
  package var cores: [String]
  /// Where the cells stand in papers' tables.
  package var mappings: [Mapping]
  /// Every combination of arm and axes, in the study's order, with its finished runs.
  package var groups: [ResultGroup]
  /// The root of the study's randomness: equal trials of studies with the same one share streams.
  package var seed: UInt32 = 1
  /// By what hyper-parameters are selected.
  package var selectOn = SelectionCriterion.validation
  /// Among what hyper-parameters were chosen, in the study's order.
  package var selections: [SelectionGrid] = []
  /// Finished runs of trials that other rows have not finished: they are not in `groups`.
  package private(set) var laterRuns = 0

  /// Whether the study is its file as it stands and claims to reduce nothing.
  package var isFullProfile: Bool { profile == Self.fullProfile && reduced == nil }

  /// Leaves an unfinished study with the trials that every row has, as long as there is one: means
  /// in a table then have the same number of runs, and those of a row are paired.
  mutating func keepCommonTrials() {
    let trials = groups.map { Set($0.runs.map(\.trial)) }
    guard let first = trials.first, trials.contains(where: { $0.count < self.trials }) else {
      return
    }
    let common = trials.dropFirst().reduce(first) { $0.intersection($1) }
    guard !common.isEmpty else { return }
    for index in groups.indices {
      let before = groups[index].runs.count
      groups[index].runs.removeAll { !common.contains($0.trial) }
      laterRuns += before - groups[index].runs.count
    }
  }

  /// The profile that is the file as it stands.
  package static let fullProfile = "paper"
}
