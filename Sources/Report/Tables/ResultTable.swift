import Canonical
import Study

/// The outcome of a study: its tables, and what a reader must know beside them. A pure function of
/// study and records; the order of the records plays no part.
package struct ResultTable: Sendable {
  package let study: StudySpec
  /// Every combination of arm and axes, in the study's order, with its finished runs.
  package let groups: [ResultGroup]
  /// Finished runs of trials that other rows have not finished: they are not in `groups`.
  package let laterRuns: Int
  /// Among what hyper-parameters were chosen, in the study's order.
  package let candidates: [SelectionGrid]
  /// Whether hyper-parameters are selected at all.
  package let selectsHyperparameters: Bool
  /// The OpenBLAS cores that the runs come from, sorted.
  package let cores: [String]
  /// Runs in another arithmetic than most of the runs of their core.
  package let otherArithmeticRuns: Int
  /// The tables: papers' in the order of the config, then the study's own.
  package private(set) var sections: [ResultSection]
  /// How far the study's variants are from published tables.
  let distances: [VariantDistances]

  /// Sums up a study's records and sets the published numbers beside them. Records of cells that the
  /// study does not have and of trials beyond its number play no part.
  package init(
    study: StudySpec, records: [RunRecord], published: PublishedNumbers = .embedded
  ) {
    self.study = study
    let final = records.filter { $0.stage == .final && (1...study.trials).contains($0.trial) }
    cores = Set(final.map(\.openBLASCore)).sorted()
    otherArithmeticRuns = Dictionary(grouping: final, by: \.openBLASCore).values.reduce(0) {
      let counts = Dictionary(grouping: $1, by: \.arithmetic).values.map(\.count)
      return $0 + $1.count - (counts.max() ?? 0)
    }
    let planned = study.upperBound
    let selecting = Set(planned.filter { !$0.isFinal }.map(\.example.row))
    selectsHyperparameters = !selecting.isEmpty
    let examples = Dictionary(planned.filter(\.isFinal).map { ($0.example.row, $0.example) }) {
      first, _ in first
    }
    let finalByRow = Dictionary(grouping: final, by: \.row)
    let all = study.rows.map { row in
      ResultGroup(
        arm: row.arm, axes: row.axes, example: examples[row], records: finalByRow[row] ?? [])
    }
    let candidatesByRow = Dictionary(
      grouping: records.filter { $0.stage == .selection }, by: \.row)
    candidates = zip(study.rows, all).compactMap { row, group in
      guard selecting.contains(row), let runs = candidatesByRow[row] else { return nil }
      return SelectionGrid(runs, of: group, selectOn: study.selectOn)
    }
    let groups = Self.withCommonTrials(all, of: study.trials)
    self.groups = groups
    laterRuns = zip(all, groups).reduce(0) { $0 + $1.0.runs.count - $1.1.runs.count }
    let builder = SectionBuilder(study: study, groups: groups, published: published)
    var sections = StudySpec.byTable(study.reproduces).compactMap(builder.section)
    let rest = groups.filter { group in !study.reproduces.contains { $0.covers(group) } }
    if !rest.isEmpty { sections += builder.ownSections(groups, rest: rest) }
    distances = StudySpec.byTable(study.variantsOf).compactMap {
      VariantDistances($0, study, groups, published)
    }
    SectionBuilder.distinguishTitles(&sections)
    self.sections = sections
    for index in sections.indices {
      self.sections[index].tuningRemark = tuningRemark(of: sections[index])
    }
  }

  /// Leaves an unfinished study with the trials that every row has, as long as there is one: means
  /// in a table then have the same number of runs, and those of a row are paired.
  private static func withCommonTrials(_ groups: [ResultGroup], of count: Int) -> [ResultGroup] {
    let trials = groups.map { Set($0.runs.map(\.trial)) }
    guard let first = trials.first, trials.contains(where: { $0.count < count }) else {
      return groups
    }
    let common = trials.dropFirst().reduce(first) { $0.intersection($1) }
    guard !common.isEmpty else { return groups }
    return groups.map { group in
      var group = group
      group.runs.removeAll { !common.contains($0.trial) }
      return group
    }
  }

  /// What the study is about, if it says so.
  package var title: String? { study.title?.tidy }

  /// Choices that the paper leaves open, and deviations from it.
  var notes: [String] { study.noteSentences }

  /// The lines of `table.csv`: cells of which at least one run has finished.
  package var lines: [ResultLine] {
    sections.flatMap(\.lines).filter(\.hasRuns)
  }

  /// The first table that holds a group of runs, and in it the group's line under the table's own
  /// selection; nil where groups beside it stand in the table alone.
  func line(of group: ResultGroup) -> (section: ResultSection, line: ResultLine)? {
    guard let section = section(of: group) else { return nil }
    return section.line(of: group).map { (section, $0) }
  }

  /// The first table that holds a group of runs.
  func section(of group: ResultGroup) -> ResultSection? {
    guard let mapping = study.reproduces.first(where: { $0.covers(group) }) else {
      return sections.first {
        $0.paper == nil && $0.published == nil && $0.metric == group.metrics.first
      }
    }
    return sections.first {
      $0.published?.table == mapping.table && $0.paper?.paper == mapping.paper
    }
  }

  /// Whether every final run has finished.
  package var isComplete: Bool { isComplete(groups) }

  /// Whether every final run of these rows has finished.
  func isComplete(_ groups: [ResultGroup]) -> Bool {
    groups.allSatisfy { $0.runs.count >= study.trials }
  }

  /// How many runs every mean of the tables has, diverged ones included; nil where they differ, or
  /// there are none.
  package var equalCount: Int? {
    let counts = Set(groups.map(\.runs.count))
    return counts.count == 1 ? counts.first.flatMap { $0 > 0 ? $0 : nil } : nil
  }
}
