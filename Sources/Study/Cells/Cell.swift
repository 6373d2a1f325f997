import Canonical

/// One run of a study: an arm at one combination of the axes, as a candidate of selection or in one
/// trial.
package struct Cell: Sendable {
  /// What a run is for.
  package enum Stage: Hashable, Sendable {
    /// To choose hyper-parameters on the validation images, with trial 0; candidates count from 0.
    case selection(candidate: Int)
    /// For the table.
    case final
  }

  /// The arm's name.
  package let arm: String
  /// The axes' values in the order of the config.
  package let axes: [AxisValue]
  /// What it is for.
  package let stage: Stage
  /// 0 for selection, 1…n for final runs.
  package let trial: Int
  /// The numbers of its regularizers, selected or not, in written order.
  package let hyperparameters: [Hyperparameter]
  /// What to train.
  package let spec: CellSpec
  /// For people: `lenet n=500 Shakeout #2`, or `… Shakeout drop=0.4 c=0.0447` in selection.
  package let name: String

  /// A hash of arm, axes and spec; ids are made from it without writing the spec again.
  let digest: String
  /// What tells its data apart from other data of the study.
  package let dataKey: String

  init(
    arm: String, axes: [AxisValue], stage: Stage, trial: Int, hyperparameters: [Hyperparameter],
    selected: Set<String>, spec: CellSpec
  ) {
    self.arm = arm
    self.axes = axes
    self.stage = stage
    self.trial = trial
    self.hyperparameters = hyperparameters
    self.spec = spec
    var words = axes.filter { $0.key == "network" }.map(\.value)
    for axis in axes where axis.key != "network" {
      words.append("\(Axis.shortName(of: axis.key))=\(axis.value)")
    }
    words.append(arm)
    if stage == .final {
      words.append("#\(trial)")
    } else {
      words += hyperparameters.filter { selected.contains($0.name) }.map(\.shortText)
    }
    name = words.joined(separator: " ")
    digest = Self.digest(arm, axes, spec)
    dataKey = spec.dataKey
  }

  private static func digest(_ arm: String, _ axes: [AxisValue], _ spec: CellSpec) -> String {
    SHA256.hex(Array(meaning(arm, axes, spec).canonicalText.utf8))
  }

  /// What an id stands for beside the content of files.
  fileprivate static func meaning(
    _ arm: String, _ axes: [AxisValue], _ spec: CellSpec
  ) -> JSONValue {
    var json = spec.json
    // Digests stand for the content of files; where they lie does not matter.
    json["dataset"]?["files"] = nil
    if spec.setup?.recipe.initialWeights != nil {
      json["training"]?["initialWeights"] = .bool(true)
    }
    // Sorted, so that the order of axes in the config does not matter.
    let axes = axes.sorted { $0.key < $1.key }
    return .object([
      "arm": .string(arm), "spec": json,
      "axes": .array(axes.map { .object(["key": .string($0.key), "value": .string($0.value)]) }),
    ])
  }
}

/// The final cells of one row, which differ in the trial alone: their ids are made without reading and
/// writing each of them.
struct FinalCells {
  /// The first trial's.
  let example: Cell
  private let template: CellTemplate
  private let seed: UInt32
  private let values: [JSONValue]
  /// What stands before and behind the trial where an id's meaning is written.
  private let text: (before: [UInt8], behind: [UInt8])

  /// - Parameter values: what closes the template's selections.
  init(_ template: CellTemplate, seed: UInt32, values: [JSONValue]) {
    self.template = template
    self.seed = seed
    self.values = values
    example = template.cell(
      .final, trial: 1, seed: seed, values: values, DiagnosticCollector())
    var meaning = Cell.meaning(example.arm, example.axes, example.spec)
    // No name holds a control character.
    meaning["spec"]?["trial"] = .string("\u{1}")
    let mark = JSONValue.string("\u{1}").canonicalText
    let whole = meaning.canonicalText
    let place = whole.ranges(of: mark).first ?? whole.endIndex..<whole.endIndex
    text = (Array(whole[..<place.lowerBound].utf8), Array(whole[place.upperBound...].utf8))
  }

  /// The id of a trial's run.
  func id(trial: Int, _ ids: RunIDs) -> String {
    let digest = SHA256.hex(text.before + Array(String(trial).utf8) + text.behind)
    return RunIDs.id(
      digest: digest, dataDigest: ids.dataDigest(of: example),
      weightsDigest: ids.weightsDigest(of: example))
  }

  /// The cell of a trial.
  func cell(trial: Int) -> Cell {
    template.cell(.final, trial: trial, seed: seed, values: values, DiagnosticCollector())
  }
}

extension Cell: Hashable {
  /// Cells are equal when they run the same for the same purpose.
  package static func == (a: Cell, b: Cell) -> Bool { a.digest == b.digest && a.stage == b.stage }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(digest)
    hasher.combine(stage)
  }
}
