import Study

/// The outcome of a study: its tables, and what a reader must know beside them. A pure function of
/// study and records; the order of the records plays no part.
package struct ResultTable: Sendable {
  /// The study's facts and its groups of runs.
  package let outline: StudyOutline
  /// The tables: papers' in the order of the config, then the study's own.
  package let sections: [ResultSection]

  /// Sums up a study's runs and sets the published numbers beside them.
  package init(outline: StudyOutline, published: PublishedNumbers = .embedded) {
    var outline = outline
    for index in outline.groups.indices {
      outline.groups[index].runs.sort { $0.trial < $1.trial }
    }
    outline.keepCommonTrials()
    let builder = SectionBuilder(outline: outline, published: published)
    var rest = outline.groups
    var sections: [ResultSection] = []
    for mapping in outline.mappings { rest.removeAll { mapping.covers($0) } }
    for mappings in outline.mappingsByTable {
      if let section = builder.section(mappings) { sections.append(section) }
    }
    if !rest.isEmpty { sections += builder.ownSections(outline.groups, rest: rest) }
    self.outline = outline
    self.sections = sections
  }

  /// The lines of `table.csv`: cells of which at least one run has finished.
  package var lines: [ResultLine] {
    sections.flatMap(\.lines).filter(\.hasRuns)
  }

  /// Whether every final run has finished.
  package var isComplete: Bool { outline.groups.allSatisfy { $0.runs.count >= outline.trials } }

  /// How many runs every mean of the tables has, diverged ones included; nil where they differ, or
  /// there are none.
  package var equalCount: Int? {
    let counts = Set(outline.groups.map(\.runs.count))
    return counts.count == 1 ? counts.first.flatMap { $0 > 0 ? $0 : nil } : nil
  }
}
