/// The outcome of a study: its tables, and what a reader must know beside them. A pure function of
/// study and records; the order of the records plays no part.
public struct ResultTable: Sendable {
  /// The study's facts and its groups of runs.
  public let outline: StudyOutline
  /// The tables: papers' in the order of the config, then the study's own.
  public let sections: [ResultSection]

  /// Sums up a study's runs and sets the published numbers beside them.
  public init(outline: StudyOutline, published: PublishedNumbers = .embedded) {
    var outline = outline
    for index in outline.groups.indices {
      outline.groups[index].runs.sort { $0.trial < $1.trial }
    }
    outline.keepCommonTrials()
    let builder = SectionBuilder(outline: outline, published: published)
    var rest = outline.groups
    var sections: [ResultSection] = []
    // Several mappings may fill one table, for example a row each.
    for mappings in Self.byTable(outline.mappings) {
      let placed = mappings.map { mapping in
        (mapping: mapping, groups: outline.groups.filter { mapping.covers($0) })
      }.filter { !$0.groups.isEmpty }
      rest.removeAll { group in mappings.contains { $0.covers(group) } }
      if !placed.isEmpty { sections.append(builder.section(placed)) }
    }
    if !rest.isEmpty { sections.append(builder.ownSection(rest)) }
    self.outline = outline
    self.sections = sections
  }

  /// Mappings to the same table, metric and margin together, in the order of the first of each.
  private static func byTable(
    _ mappings: [StudyOutline.Mapping]
  ) -> [[StudyOutline.Mapping]] {
    mappings.reduce(into: []) { tables, mapping in
      let index = tables.firstIndex {
        $0[0].paper == mapping.paper && $0[0].table == mapping.table
          && $0[0].metric == mapping.metric && $0[0].margin == mapping.margin
      }
      if let index {
        tables[index].append(mapping)
      } else {
        tables.append([mapping])
      }
    }
  }

  /// The lines of `table.csv`: cells of which at least one run has finished.
  public var lines: [ResultLine] {
    sections.flatMap(\.lines).filter { $0.count + $0.diverged > 0 }
  }

  /// Whether every final run has finished.
  public var isComplete: Bool { outline.groups.allSatisfy { $0.runs.count >= outline.trials } }

  /// How many runs every mean of the tables has, diverged ones included; nil where they differ, or
  /// there are none.
  public var equalCount: Int? {
    let counts = Set(outline.groups.map(\.runs.count))
    return counts.count == 1 ? counts.first.flatMap { $0 > 0 ? $0 : nil } : nil
  }
}
