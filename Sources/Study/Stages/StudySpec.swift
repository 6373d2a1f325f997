import Canonical
import Model

/// A study in one profile, read and checked: what to train, in which order, and what it reproduces.
/// Pure: it knows no files and trains nothing.
package struct StudySpec: Sendable {
  /// What kind of learning a study is about.
  package typealias Task = LearningTask

  /// The study's name, which is also that of a folder.
  let folderName: PathComponent
  /// The profile's name, which is also that of a folder.
  var profileName: PathComponent
  /// The profiles of the file, itself as it stands first.
  package let profiles: [String]
  /// For headings.
  package let title: String?
  /// What kind of learning it is about.
  package let task: Task
  /// The root of all randomness.
  package let seed: UInt32
  /// What `trials` can be.
  package static let trialCounts = 1...10_000

  /// Final runs of every row of a table.
  package let trials: Int
  /// The methods in written order.
  package let arms: [Arm]
  /// What varies beside the methods, in written order.
  package let axes: [Axis]
  /// The published tables that it recomputes.
  package let reproduces: [Reproduction]
  /// The published tables that its rows are variants of.
  package let variantsOf: [Reproduction]
  /// A sentence that says what was reduced against the paper; nil if nothing was.
  package let reduced: String?
  /// The authors' remarks.
  package let notes: [Note]
  /// The figures to draw, in written order.
  package let figures: [FigureKind]
  /// How hyper-parameters are selected.
  package let selectOn: SelectionCriterion
  /// Which runs leave their weights behind.
  package let keepWeights: KeepWeights
  /// The document after `extends`, profile and settings; every value knows its place.
  package let resolved: JSONValue
  /// What is odd but does not forbid running.
  package internal(set) var warnings: [Diagnostic]
  /// Eight hexadecimal digits that identify `--set`, `--only` and foreign data; nil without them.
  package internal(set) var alterationHash: String?

  /// What `alterationHash` would be by foreign data alone.
  let foreignDataHash: String?

  /// Whether its file recomputes what a paper prints, though a smaller profile may leave that out. True of
  /// records of earlier versions, which do not say.
  package internal(set) var recomputesPaper: Bool

  /// What stopped its training before the last trial; nil where nothing but the number of trials did.
  package var stopping: StoppingRule?

  /// All cells' documents, one for each arm at each combination, arms fastest.
  let templates: [CellTemplate]
  /// `--only` as typed.
  let onlyOptions: [String]
  let only: CellFilter
  let cache = CellCache()

  /// The warnings as a compiler prints them, without a newline at the end; nil where there are none.
  package var warningText: String? {
    warnings.isEmpty ? nil : String(DiagnosticPrinter.text(warnings, sources: [:]).dropLast())
  }

  package var name: String { folderName.text }

  /// The profile that was asked for; `paper` or `full` is the file as it stands.
  package var profile: String { profileName.text }

  /// Whether it is its file as it stands.
  package var isAsWritten: Bool { ProfilePatch.wholeNames.contains(profile) }

  /// Whether `--set`, `--only` or foreign data make this another study than the file's.
  package var isAltered: Bool { alterationHash != nil }

  /// Whether options of the command line make it another study than the file's.
  package var isAlteredByOptions: Bool { alterationHash != foreignDataHash }

  /// Whether its results must not be shown as a reproduction.
  package var isReduced: Bool { reduced != nil || !isAsWritten || isAltered }

  /// The folder of its results below the folder of all results: `mnist-shakeout/desk`, with a
  /// suffix where the study was altered.
  package var folder: String {
    "\(folderName.text)/\(profileName.text)" + (alterationHash.map { "-\($0)" } ?? "")
  }

  /// The rows of tables: each arm at each combination of the axes that `--only` leaves, in the
  /// order of the config, arms fastest.
  package var rows: [StudyRow] {
    asked.map { StudyRow(arm: $0.armName, axes: $0.axes) }
  }

  /// The templates that `--only` leaves.
  var asked: [CellTemplate] {
    templates.filter { only.matches(arm: $0.armName, axes: $0.axes) }
  }
}

/// An arm at one combination of the axes: the runs of a row differ in nothing but the trial and, before
/// they are chosen, the hyper-parameters.
package struct StudyRow: Hashable, Sendable {
  package let arm: String
  /// In the study's order of axes.
  package let axes: [AxisValue]

  package init(arm: String, axes: [AxisValue]) {
    self.arm = arm
    self.axes = axes
  }
}

extension RunRecord {
  /// Where it belongs.
  package var row: StudyRow { StudyRow(arm: arm, axes: axes) }
}

extension Cell {
  /// Where its run belongs.
  package var row: StudyRow { StudyRow(arm: arm, axes: axes) }
}
