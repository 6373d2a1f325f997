import Canonical
import Model
import Study

/// What figures are drawn from: a study's records, its table made of them, and its series.
struct FigureSource {
  let study: StudySpec
  let table: ResultTable
  let records: [RunRecord]
  /// By name; of runs of the table's rows alone.
  let series: [String: [SeriesRun]]

  init(study: StudySpec, records: [RunRecord], series: [String: [SeriesRun]]) {
    self.study = study
    self.records = records
    table = ResultTable(study: study, records: records)
    let finals = Set(records.filter { $0.stage == .final }.map(\.id))
    self.series = series.mapValues { runs in runs.filter { finals.contains($0.id) } }
  }

  /// A figure in as many drawings as it takes.
  func figures(_ kind: FigureKind) -> Result<[Figure], NothingToDraw> {
    switch kind.drawing {
    case .curves(let style): CurveFigure(kind: kind, style: style, source: self).figures
    case .charts(let charts):
      runs(of: kind).map { series in
        charts(series).map { figure(kind, $0.chart, at: $0.axes) }
      }
    case .errorAgainstTrainSize: ErrorAgainstTrainSize(kind: kind, source: self).figures
    case .errorAgainstTuning: ErrorAgainstTuning(kind: kind, source: self).figures
    case .parameterSweep: ParameterSweep(kind: kind, source: self).figures
    case .accuracyAgainstSparsity: AccuracyAgainstSparsity(kind: kind, source: self).figures
    case .convergenceScatter: ConvergenceScatter(kind: kind, source: self).figures
    case .regularizerContour: RegularizerContour(kind: kind, source: self).figures
    case .filters: FilterTiles(kind: kind, source: self).figures
    }
  }

  /// A chart as a figure, with its place on the axes and what must stand under every drawing.
  func figure(_ kind: FigureKind, _ chart: Chart, at axes: [AxisValue]) -> Figure {
    var chart = chart
    chart.title = title(chart.title, at: axes)
    chart.notes += warnings(at: axes)
    return Figure(
      kind, parts: varying(axes).map(\.value), title: chart.title, svg: ChartDrawing(chart).svg)
  }

  /// A title with the place on the axes.
  func title(_ title: String, at axes: [AxisValue]) -> String {
    [title, text(axes)].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The runs that have recorded the series of a figure, or why there are none.
  func runs(of kind: FigureKind) -> Result<StudySeries, NothingToDraw> {
    let name = kind.series ?? kind.name
    guard let runs = series[name], !runs.isEmpty else {
      return .failure(NothingToDraw("no finished run has recorded the series \"\(name)\""))
    }
    return .success(StudySeries(study, runs))
  }

  /// An arm's runs of the table, in the order of the study and by trial.
  func finalRecords(_ arm: String) -> [RunRecord] {
    let byRow = Dictionary(grouping: records.filter { $0.stage == .final }, by: \.row)
    return study.rows.filter { $0.arm == arm }.flatMap { row in
      (byRow[row] ?? []).sorted { ($0.trial, $0.id) < ($1.trial, $1.id) }
    }
  }

  /// The arm's place in the config: equal arms look alike in all figures of a study.
  func index(of arm: String) -> Int { study.arms.firstIndex { $0.name == arm } ?? 0 }

  /// Axes in a heading: `lenet, n = 500`; those with a single value say nothing.
  func text(_ axes: [AxisValue]) -> String {
    varying(axes).map { axis in
      study.axisLabel(axis.key).map { "\($0) \(ParameterName.spaced(axis.value))" }
        ?? Self.place([axis])
    }.joined(separator: ", ")
  }

  /// Axes in words: `lenet, n = 500`.
  static func place(_ axes: [AxisValue]) -> String {
    axes.map { axis in
      switch axis.key {
      case "network", "dataset": axis.value
      case Axis.trainSize: "n = \(Double(axis.value).map(TickMarks.label) ?? axis.value)"
      default: "\(ParameterName.long(axis.key)) \(ParameterName.spaced(axis.value))"
      }
    }.joined(separator: ", ")
  }

  /// The axes of which the study has more than one value. Which formula a run computes is what its
  /// figure shows.
  func varying(_ axes: [AxisValue]) -> [AxisValue] {
    axes.filter { axis in
      axis.key != "theory"
        && (study.axes.first { $0.key == axis.key }?.values.count ?? 2) > 1
    }
  }

  /// What must stand under a drawing of the rows at these axes; empty axes stand for all rows.
  func warnings(at axes: [AxisValue]) -> [String] {
    warnings(of: table.groups.filter { group in axes.allSatisfy(group.axes.contains) })
  }

  /// What must stand under a drawing of these rows where they are not the paper's, or not all there.
  func warnings(of groups: [ResultGroup]) -> [String] {
    var notes: [String] = []
    let datasets = table.groups.map(\.dataset).filter { !$0.isEmpty }.unique
    if !study.isWhole {
      let data = datasets.map(KnownDataset.title(of:)).joined(separator: ", ")
      let profile =
        study.isAsWritten
        ? "Reduced study" : "Reduced profile \"\(study.profile)\""
      notes.append(
        "\(profile) on \(data): not \(study.recomputesPaper ? "a reproduction" : "the whole study")."
      )
    }
    if study.isAltered, study.recomputesPaper {
      notes.append("Altered study: not comparable with the paper.")
    } else if study.isAlteredByOptions {
      notes.append("Altered study: not as its file stands.")
    }
    if !table.isComplete(groups) { notes.append("Unfinished: not all runs are there yet.") }
    return notes
  }
}
