import Durable
import Study

/// Tables, figures and pages of a result folder.
extension ResultFolder {
  /// Writes `table.csv`, `table.md` and `table.svg`, each whole or not at all.
  /// - Throws: `FileError` where they cannot be written, `Problem` where something is in the way.
  package func write(_ table: ResultTable) throws {
    let texts = [CSVExport.text(table), MarkdownRenderer.text(table), SVGRenderer.text(table)]
    try write(Dictionary(uniqueKeysWithValues: zip(Self.tableNames, texts)), removing: nil)
  }

  /// Writes the figures below `figures/`, each whole or not at all, and removes those drawn before that
  /// are no longer among them.
  /// - Throws: `FileError` where they cannot be written, `Problem` where something is in the way.
  package func write(_ figures: FigureSet) throws {
    let texts = figures.figures.map { (Self.figuresPrefix + $0.fileName, $0.svg) }
    try write(Dictionary(texts) { first, _ in first }, removing: Self.figuresPrefix)
  }

  /// The table that the folder's records make: the same as when the study was run.
  package func table() throws(Problem) -> ResultTable {
    ResultTable(study: try study(), records: try records())
  }

  /// The figures that the folder's records make: the same as when the study was run.
  package func figures() throws(Problem) -> FigureSet {
    let study = try study()
    let records = study.figures.isEmpty ? [] : try records()
    return FigureSet(study: study, records: records, series: try series(for: study, records))
  }

  /// The series that a study's figures are drawn from, by name; those that nothing has recorded are
  /// absent.
  private func series(
    for study: StudySpec, _ records: [RunRecord]
  ) throws(Problem) -> [String: [SeriesRun]] {
    let names = Set(study.figures.compactMap(\.series))
    return names.isEmpty ? [:] : try series(of: records).filter { names.contains($0.key) }
  }

  /// Everything that pages show of the folder.
  package func everything() throws(Problem) -> StudyRecords {
    let study = try study()
    let records = try records()
    return StudyRecords(
      folder: path, study: study, records: records,
      table: ResultTable(study: study, records: records),
      figures: FigureSet(
        study: study, records: records, series: try series(for: study, records)),
      provenance: try provenance(),
      timings: Dictionary(try timings().map { ($0.id, $0) }) { first, _ in first },
      commentary: Self.paragraphs(try commentary()), audits: try audits())
  }

  /// Text between empty lines; headings are left out, since pages have their own.
  private static func paragraphs(_ text: String) -> [String] {
    var paragraphs: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) || line.hasPrefix("#") {
        paragraphs.append([])
      } else {
        paragraphs[paragraphs.count - 1].append(line)
      }
    }
    return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
  }
}

/// Everything that a page shows of one result folder.
package struct StudyRecords: Sendable {
  /// The folder as it was named.
  package var folder: String
  /// The study as it was run.
  package var study: StudySpec
  /// The finished runs.
  package var records: [RunRecord]
  /// The tables made of them.
  package var table: ResultTable
  /// The figures made of them.
  package var figures: FigureSet
  /// Where they come from; nil where that is not recorded.
  package var provenance: Provenance?
  /// What runs took, by id.
  package var timings: [String: RunTiming]
  /// What the person who ran it writes about it, in paragraphs; from notes.md.
  package var commentary: [String]
  /// Runs of it that were trained again, oldest first.
  package var audits: [Audit] = []

  /// A study while it runs: what is finished so far.
  package static func inProgress(
    _ study: StudySpec, folder: String, runs: [FinishedRun]
  ) -> StudyRecords {
    let byID = Dictionary(runs.map { ($0.record.id, $0) }) { _, later in later }
    let records = byID.keys.sorted().compactMap { byID[$0]?.record }
    let series = Dictionary(
      grouping: byID.keys.sorted().compactMap { byID[$0] }.flatMap { run in
        run.series.map { SeriesRun(run.record, $0) }
      }, by: \.series.name)
    return StudyRecords(
      folder: folder, study: study, records: records,
      table: ResultTable(study: study, records: records),
      figures: FigureSet(study: study, records: records, series: series), provenance: nil,
      timings: byID.mapValues(\.timing), commentary: [])
  }

  /// Whether every final run is done.
  package var isComplete: Bool { table.isComplete }

  /// Seconds of one core that all runs took; nil where nothing is recorded.
  var totalSeconds: Double? {
    let costs = records.compactMap { timings[$0.id]?.cost }
    return costs.isEmpty
      ? nil : costs.reduce(0) { $0 + $1.seconds * Double($1.threads) }
  }
}
