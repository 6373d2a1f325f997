import Model
import Study

/// One table: a paper's, or a study's own.
package struct ResultSection: Sendable, Equatable {
  /// What a table's verdicts and claims can say.
  package enum Standing: Sendable, Equatable {
    /// No paper has the table.
    case own
    /// The study is the paper's, whole and on verified data.
    case judged
    /// It is smaller, altered or on other data.
    case reduced
    /// Some of its data are not known to be the paper's.
    case unverified
  }

  /// The paper; nil for a study's own table.
  package var paper: PublishedPaper?
  /// What the published table means; nil for a study's own.
  package var published: PublishedTable?
  package var title: String
  /// What verdicts and claims can say.
  package var standing: Standing
  /// What was measured.
  package var metric: Metric
  /// What a row stands for.
  package var rowMeaning: String
  /// What a column stands for.
  package var columnMeaning: String
  /// Whether all numbers are on the published table's data.
  package var hasPapersData: Bool
  /// The selection that is shown first and compared with published values.
  package var selection: ErrorSelection
  /// The margin for verdicts in the unit, where the study gives its own.
  package var margin: Double?
  /// Whether the runs train anything.
  package var isTrained = true
  /// Whether a cell sums up runs of different settings.
  package var isPooled = false
  /// How many candidates each arm tried, in a sentence; nil where nothing was selected yet.
  package var tuningRemark: String?
  /// Row labels in the study's order.
  package var rows: [String]
  /// Column labels in the study's order.
  package var columns: [String]
  /// What the paper's sentences claim of the table, of rows that the study does not have, too.
  package var claimedPairs: [ClaimedPair] = []
  /// Where the table shows a place on a grid: whether the error is lower at the paper's place than at
  /// each other one.
  package var otherPlaces: [Comparison] = []
  /// Row by row, column by column, selection by selection.
  package var lines = ResultLines()

  /// One cell under a selection.
  package func line(row: String, column: String, _ selection: ErrorSelection) -> ResultLine? {
    lines.line(row: row, column: column, selection)
  }

  /// The line under the table's own selection that sums up a group of runs.
  func line(of group: ResultGroup) -> ResultLine? {
    lines.line(of: group.row, selection)
  }

  /// The selections with at least one result besides the main one, in fixed order.
  package var otherSelections: [ErrorSelection] {
    ErrorSelection.allCases.filter { other in
      other != selection && lines.contains { $0.selection == other && $0.mean != nil }
    }
  }

  /// Whether every cell has the same result under all selections, as when runs are evaluated once.
  package var selectionsCoincide: Bool {
    otherSelections.allSatisfy { other in
      lines.filter { $0.selection == other }.allSatisfy { line in
        let main = self.line(row: line.row, column: line.column, selection)
        return line.mean == nil || line.mean == main?.mean && line.spread == main?.spread
      }
    }
  }

  /// Whether verdicts and claims say something about the paper.
  package var isJudged: Bool { standing == .judged }

  /// Whether any published number stands beside ours.
  package var hasPublishedNumbers: Bool { lines.contains { $0.publishedMean != nil } }

  /// The verdicts that occur, in the order of their definition.
  package var verdicts: [Verdict] {
    lines.compactMap(\.verdict).counts.map(\.kind)
  }

  /// One line that says what the numbers are.
  package var explanation: String {
    let kind = lines.first?.spreadKind ?? .standardDeviation
    let measured = metric.unit.phrase.map { "\(metric.title) \($0)" } ?? metric.title
    let what = isTrained && metric.source != .facts ? "\(measured) \(selection.label)" : measured
    guard hasPublishedNumbers else { return "\(what): mean ± \(kind.label) (runs)." }
    let data = hasPapersData ? "" : ", on \(KnownDataset.title(of: published?.dataset ?? ""))"
    return
      "\(what): mean ± \(kind.label) (runs). Published values are what the paper prints\(data)."
  }
}

/// The lines of a table, which are found by their cell in a table of any size.
package struct ResultLines: Sendable, Equatable, RandomAccessCollection {
  private struct Place: Hashable {
    let row: String
    let column: String
    let selection: ErrorSelection
  }

  private struct Source: Hashable {
    let row: StudyRow
    let selection: ErrorSelection
  }

  private var lines: [ResultLine] = []
  private var numbers: [Place: Int] = [:]
  /// The first line that a row of the study stands in.
  private var firstNumbers: [Source: Int] = [:]

  package var startIndex: Int { lines.startIndex }
  package var endIndex: Int { lines.endIndex }
  package subscript(index: Int) -> ResultLine { lines[index] }

  mutating func append(_ line: ResultLine) {
    for row in line.studyRows {
      let source = Source(row: row, selection: line.selection)
      if firstNumbers[source] == nil { firstNumbers[source] = lines.count }
    }
    numbers[Place(row: line.row, column: line.column, selection: line.selection)] = lines.count
    lines.append(line)
  }

  func line(row: String, column: String, _ selection: ErrorSelection) -> ResultLine? {
    numbers[Place(row: row, column: column, selection: selection)].map { lines[$0] }
  }

  func line(of row: StudyRow, _ selection: ErrorSelection) -> ResultLine? {
    firstNumbers[Source(row: row, selection: selection)].map { lines[$0] }
  }
}
