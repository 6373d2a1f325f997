import Canonical
import Study

/// What tables say of a study.
extension StudySpec {
  /// Whether it is its file as it stands and claims to reduce nothing.
  package var isWhole: Bool { isAsWritten && reduced == nil }

  /// Which form of its file it is, in words.
  var form: String {
    switch (isAsWritten, isAlteredByOptions) {
    case (true, false): "the study as its file stands"
    case (true, true): "the study of its file, altered by options"
    case (false, let altered): "profile \(profile)\(altered ? ", altered by options" : "")"
    }
  }

  /// What tables call an axis: its label, or its key in words.
  func axisTitle(_ key: String) -> String { axisLabel(key) ?? ParameterName.long(key) }

  /// The label that the study gives an axis.
  func axisLabel(_ key: String) -> String? { axes.first { $0.key == key }?.label?.tidy }

  /// Whether its cells are set against published ones: it is its file as it stands, and recomputes
  /// tables.
  package var judgesCells: Bool { isWhole && !isAltered && !reproduces.isEmpty }

  /// The last of the trials that say how wide intervals are, where they decided how many trials there
  /// are; nil where all trials say it.
  var firstStage: Int? { stopping == nil ? nil : StoppingRule.firstStage }

  /// The authors' remarks with the places that they are about.
  var noteSentences: [String] {
    notes.map { note in
      let place = note.path.isEmpty ? "" : "\(note.path): "
      return (place + note.text).tidy
    }
  }
}

extension ResultTable {
  /// Why its numbers can be set against nothing, neither a paper's nor one another, in a sentence without a
  /// full stop; nil where they can.
  package var nothingToCompare: String? {
    let begun = sections.filter { $0.lines.contains(where: \.hasRuns) }
    guard !begun.isEmpty else { return "nothing has finished yet" }
    guard !begun.contains(where: { $0.hasPublishedNumbers || $0.claimTable != nil }) else {
      return nil
    }
    let own =
      begun.allSatisfy { $0.columns.count < 2 }
      ? "it has one method alone"
      : study.trials < Verdict.fewestRuns
        ? "methods are compared over \(Verdict.fewestRuns) trials or more, and the study has \(study.trials)"
        : begun.allSatisfy { $0.metric.direction == .neither }
          ? "of its numbers none is the better one"
          : "\(Verdict.fewestRuns) finished trials of each method are needed to compare methods"
    return "no paper's numbers stand beside it, and \(own)"
  }
}

extension Reproduction {
  /// Whether a group belongs to the table.
  func covers(_ group: ResultGroup) -> Bool {
    condition.matches(arm: group.arm, axes: group.axes)
  }

  /// A group's row.
  func row(of group: ResultGroup) -> String { row.text(arm: group.arm, axes: group.axes) }

  /// A group's column.
  func column(of group: ResultGroup) -> String { column.text(arm: group.arm, axes: group.axes) }
}
