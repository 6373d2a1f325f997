import Canonical

/// The keys of a study beside those of its cells. What can only be read together (axes, arms, what names
/// them) is kept as it is written.
struct StudyHeader: Configurable {
  var study = ""
  var title: String?
  var task = StudySpec.Task.classification
  private var seedNumber = 1
  var trials = 1
  var reduced: String?
  var keepWeights = KeepWeights.measured
  var selectOn = SelectionCriterion.validation
  private var isOracle = false
  private var paper = ""
  private(set) var figures: JSONValue?
  private(set) var exclude: [JSONValue] = []
  private(set) var axes: JSONValue?
  private(set) var arms: JSONValue?
  private(set) var overrides: [JSONValue] = []
  private(set) var reproduces: [JSONValue] = []
  private(set) var variantsOf: [JSONValue] = []

  /// The root of all randomness.
  var seed: UInt32 { UInt32(seedNumber) }

  static let blank = StudyHeader()
  static let fields: [Field<StudyHeader>] = [
    .text("study", \.study, .required, "the name, which is also a folder's"),
    .text("title", \.title, "the heading of tables"),
    .name(
      "paper", \.paper, of: "paper", among: Reproduction.papers, .optional,
      "the paper whose figures it recomputes, where `reproduces` names none of its tables"),
    .choice("task", \.task, .optional, "the kind of learning"),
    .whole(
      "seed", \.seedNumber, in: 0...Int(UInt32.max), .optional,
      "the root of all randomness, 1 unless said otherwise"),
    .whole(
      "trials", \.trials, in: StudySpec.trialCounts, .required, "runs of each cell of a table"),
    .text(
      "reduced", \.reduced,
      "what is reduced against the paper, in a sentence; such a study is never judged"),
    .choice("keepWeights", \.keepWeights, .optional, "which runs leave their weights behind"),
    .choice(
      "selectOn", \.selectOn, .optional,
      "by which error of a candidate hyper-parameters are chosen"),
    .flag(
      "oracle", \.isOracle, .optional,
      "whether they may be chosen on the test set, which is then said everywhere"),
    .written(
      "figures", \.figures, .optional, "what is drawn from the records",
      schema: Schema.list(of: Schema.choice(FigureKind.all.map(\.name)))),
    .writtenObjects(
      "exclude", \.exclude, "combinations of axes and arms that are not run",
      of: Schema.anyObject),
    .written(
      "axes", \.axes, .optional,
      "keys of a cell, or dotted paths into it, with the values that they take in turn",
      schema: Axis.schema),
    .written(
      "arms", \.arms, .required,
      "the methods: a name each, regularizers, and changes to the cell",
      schema: Schema.list(of: Schema.reference(Arm.definition))),
    .writtenObjects(
      "overrides", \.overrides, "changes to cells that fit a condition", of: Override.schema),
    .writtenObjects(
      "reproduces", \.reproduces, "the published tables that the study recomputes",
      of: Reproduction.schema),
    .writtenObjects(
      "variantsOf", \.variantsOf,
      "the published tables that the study's rows are variants of: their distances from it are shown, "
        + "none is judged", of: Reproduction.schema),
  ]

  func check(_ reader: ObjectReader) {
    if selectOn == .test, !isOracle {
      reader.report(
        "selection on the test set is an oracle, which nobody has in practice", key: "selectOn",
        advice: "say \"oracle\": true beside it; every output then says so too")
    } else if isOracle, selectOn != .test {
      reader.report("\"oracle\" goes with \"selectOn\": \"test\"", key: "oracle")
    }
  }
}
