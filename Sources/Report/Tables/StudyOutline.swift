import Study

/// What tables need of a study: its protocol in a few facts and its cells without their trials.
public struct StudyOutline: Sendable {
  /// Where a study's cells stand in a published table.
  public struct Mapping: Sendable {
    /// The paper's name.
    public var paper: String
    /// The table's name.
    public var table: String
    /// What the table shows.
    public var metric: Metric
    /// The margin for verdicts in the metric's unit, where the study gives its own.
    public var margin: Double?
    /// The arm that others are set against, for metrics that compare two.
    public var over: String?
    /// The axis along which the lowest value is looked for.
    public var along: String?
    /// The share of best runs that is kept where all of one row and column count as one sample.
    public var pooledShare: Double?
    /// Whether a group belongs to the table.
    public var covers: @Sendable (ResultGroup) -> Bool
    /// A group's row.
    public var row: @Sendable (ResultGroup) -> String
    /// A group's column.
    public var column: @Sendable (ResultGroup) -> String
  }

  /// The study's name.
  public var name: String
  /// What it is about, if it says so.
  public var title: String?
  /// The profile's name.
  public var profile: String
  /// Whether the command line changed what the file says.
  public var isAltered: Bool
  /// The study's own sentence about what it reduces against the paper, if it has one.
  public var reduced: String?
  /// Trials of each final cell.
  public var trials: Int
  /// Whether hyper-parameters are selected on the validation split.
  public var selectsHyperparameters: Bool
  /// Whether they are selected on the test set, which nobody could do in practice.
  public var selectsOnTest: Bool
  /// The notes in the config: choices that the paper leaves open, and deviations from it.
  public var notes: [String]
  /// The OpenBLAS cores that the runs come from, sorted.
  public var cores: [String]
  /// Where the cells stand in papers' tables.
  public var mappings: [Mapping]
  /// Every combination of arm and axes, in the study's order, with its finished runs.
  public var groups: [ResultGroup]
  /// The root of the study's randomness: equal trials of studies with the same one share streams.
  public var seed: UInt32 = 1
  /// By what hyper-parameters are selected.
  public var selectOn = SelectionCriterion.validation
  /// Among what hyper-parameters were chosen, in the study's order.
  public var selections: [SelectionGrid] = []
  /// Finished runs of trials that other rows have not finished: they are not in `groups`.
  public private(set) var laterRuns = 0

  /// Whether the study is its file as it stands and claims to reduce nothing.
  public var isFullProfile: Bool { profile == Self.fullProfile && reduced == nil }

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
  public static let fullProfile = "paper"
}
