import Canonical

/// A kind of figure that a study's records can be drawn as: `"figures": ["errorAgainstTrainSize"]`. Those
/// of a measurement or a task stand in its file.
package struct FigureKind: Sendable {
  /// How the drawing is made of records and series.
  package enum Drawing: Sendable {
    /// A series as it is recorded, whatever it is of.
    case curves(CurveStyle)
    /// Charts that are made of a series, each of one combination of the axes, or of all for no axes.
    /// The titles say nothing of the axes.
    case charts(@Sendable (StudySeries) -> [(axes: [AxisValue], chart: Chart)])
    case errorAgainstTrainSize
    case errorAgainstTuning
    case filters
    case regularizerContour
    case parameterSweep
    case accuracyAgainstSparsity
    case convergenceScatter
  }

  /// The name in configs, with which its files begin.
  package let name: String
  package let heading: String
  /// What a reader sees, in a sentence or two.
  package let explanation: String
  /// The series below `series/` that it is drawn from; nil where runs.csv suffices.
  package let series: String?
  package let drawing: Drawing
}

extension FigureKind: Hashable {
  package static func == (a: FigureKind, b: FigureKind) -> Bool { a.name == b.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension FigureKind {
  /// All of them: those of tables, of measurements and of tasks.
  package static let all =
    (tables + MeasurementRegistry.all.flatMap { $0.figures }
    + LearningTask.allCases.flatMap { $0.type.figures }).unique

  /// Drawn from runs.csv.
  private static let tables = [
    FigureKind(
      name: "errorAgainstTrainSize", heading: "Error against the number of training images",
      explanation:
        "The table as a picture: error against the number of training images. Bars are what the "
        + "table prints behind ±; published values are hollow and dashed. Below, ours minus the "
        + "published, with the 90 % intervals that the verdicts rest on.",
      series: nil, drawing: .errorAgainstTrainSize),
    FigureKind(
      name: "errorAgainstTuning", heading: "Error against the number of candidates tried",
      explanation:
        "What a random search of k candidates would have given: the expected test error of the candidate "
        + "that is best by the study's selection, with the interval that holds 90 % of such searches "
        + "(Dodge et al. 2019), computed from all runs of the selection. An arm without a selection is "
        + "a single mark with the 95 % t interval of its mean.",
      series: nil, drawing: .errorAgainstTuning),
    FigureKind(
      name: "parameterSweep", heading: "Sweep of a parameter",
      explanation:
        "Means over trials with their 95 % t intervals; the best of each line is ringed.",
      series: nil,
      drawing: .parameterSweep),
    FigureKind(
      name: "accuracyAgainstSparsity", heading: "Accuracy against sparsity",
      explanation:
        "Accuracy against the share of weights that are exactly 0, a point for each setting; bars "
        + "are 95 % t intervals.", series: nil, drawing: .accuracyAgainstSparsity),
    FigureKind(
      name: "convergenceScatter", heading: "Convergence",
      explanation: "A point for each run: its lowest validation error and the epoch of it.",
      series: nil, drawing: .convergenceScatter),
  ]

  /// The list under `"figures"`: known names, each once.
  static func read(_ list: JSONValue, _ reader: ObjectReader) -> [FigureKind] {
    guard let elements = list.elements else {
      reader.report("\"figures\" must be a list of names, found \(list.kindName)", key: "figures")
      return []
    }
    var figures: [FigureKind] = []
    for element in elements {
      let text = element.stringValue
      if let figure = all.first(where: { $0.name == text }) {
        if figures.contains(figure) {
          reader.diagnostics.add(
            Diagnostic(at: element.location, "the figure \"\(figure.name)\" is named twice"))
        } else {
          figures.append(figure)
        }
      } else if let text {
        reader.reportUnknown(text, of: "figure", all.map(\.name), element.location)
      } else {
        reader.diagnostics.add(
          Diagnostic(
            at: element.location, "a figure is named by a string, found \(element.kindName)"))
      }
    }
    return figures
  }

  /// Warns of figures that the study's runs will not hold what they show of: they would never be
  /// drawn.
  static func check(
    _ figures: [FigureKind], task: LearningTask, axes: [Axis], templates: [CellTemplate],
    _ reader: ObjectReader
  ) {
    let measured = Set(
      templates.flatMap { template in
        (template.document["measure"]?.elements ?? []).compactMap {
          $0.stringValue ?? $0["name"]?.stringValue
        }
      })
    for figure in figures {
      guard let missing = figure.missing(task: task, axes: axes, measured: measured) else {
        continue
      }
      reader.diagnostics.add(
        Diagnostic(
          .warning, at: reader.location(of: "figures"),
          "the figure \"\(figure.name)\" needs \(missing)"))
    }
  }

  /// What a study lacks for the figure; nil where it has all.
  private func missing(task: LearningTask, axes: [Axis], measured: Set<String>) -> String? {
    if case .errorAgainstTrainSize = drawing {
      return axes.contains { $0.key == Axis.trainSize } ? nil : "an axis \"\(Axis.trainSize)\""
    }
    guard let series, !measured.contains(series), !task.type.figures.contains(self) else {
      return nil
    }
    if MeasurementRegistry.all.contains(where: { $0.name == series }) {
      return "\"measure\": [\"\(series)\"]"
    }
    return LearningTask.allCases.first { $0.type.figures.contains(self) }
      .map { "\"task\": \"\($0.rawValue)\"" }
  }
}
