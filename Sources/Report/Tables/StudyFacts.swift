import Canonical
import Study

/// What tables say of a study.
extension StudySpec {
  /// Whether it is its file as it stands and claims to reduce nothing.
  package var isWhole: Bool { isAsWritten && reduced == nil }

  /// What tables call an axis: its label, or its key in words.
  func axisTitle(_ key: String) -> String { axisLabel(key) ?? ParameterName.long(key) }

  /// The label that the study gives an axis.
  func axisLabel(_ key: String) -> String? { axes.first { $0.key == key }?.label?.tidy }

  /// Whether its cells are set against published ones: it is its file as it stands, and recomputes
  /// tables.
  package var judgesCells: Bool { isWhole && !isAltered && !reproduces.isEmpty }

  /// The authors' remarks with the places that they are about.
  var noteSentences: [String] {
    notes.map { note in
      let place = note.path.isEmpty ? "" : "\(note.path): "
      return (place + note.text).tidy
    }
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
