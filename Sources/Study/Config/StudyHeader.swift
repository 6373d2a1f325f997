import Canonical

/// The keys of a study that are plain values.
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
