import Study

/// Every published number and what the kept results say about it.
struct PublishedMatrix {
  /// How it stands with one number.
  enum State: Equatable {
    /// A study as the paper has it stands beside it.
    case judged(Verdict)
    /// Only a smaller or altered study has a number in its place.
    case reducedOnly
    case notRun
    /// No study can have it; the reason is the end of a sentence.
    case notPossible(String)

    /// In a word or two.
    var word: String {
      switch self {
      case .judged(let verdict): verdict.rawValue
      case .reducedOnly: "reduced only"
      case .notRun: "not run"
      case .notPossible: "not possible"
      }
    }

    var colour: MarkColour {
      switch self {
      case .judged(let verdict): verdict.colour
      case .reducedOnly: .warn
      case .notRun, .notPossible: .open
      }
    }

    /// Says in one character what the colour says.
    var symbol: String {
      switch self {
      case .judged(let verdict): verdict.symbol
      case .reducedOnly: "r"
      case .notRun: "·"
      case .notPossible: "×"
      }
    }

    /// All words that can occur, in order.
    static let words =
      Verdict.allCases.filter(\.isJudgement).map { State.judged($0) }.map(\.word) + [
        State.reducedOnly.word, State.notRun.word, State.notPossible("").word,
      ]
  }

  /// A published number with its state.
  struct Entry {
    var cell: PublishedCell
    var state: State
    /// The result folder whose number stands beside it.
    var folder: String?
    var ours: String?
  }

  let entries: [Entry]
  private let published: PublishedNumbers

  /// Looks every published number up in the results.
  init(_ results: [ResultsFolder.Entry], published: PublishedNumbers = .embedded) {
    self.published = published
    var found: [[String]: [(folder: String, line: ResultLine)]] = [:]
    let studies = results.compactMap { entry -> (name: String, study: StudyRecords)? in
      guard case .success(let study) = entry.study else { return nil }
      return (entry.name, study)
    }
    let own = studies.filter { $0.study.study.isHeld(in: $0.name) }
    let others = studies.filter { !$0.study.study.isHeld(in: $0.name) }
    for (name, study) in own + others {
      for section in study.table.sections {
        for line in section.lines where line.selection == section.selection && line.mean != nil {
          found[[line.paper, line.table, line.row, line.column], default: []]
            .append((name, line))
        }
      }
    }
    entries = published.cells.map { cell in
      let lines = found[[cell.paper, cell.table, cell.row, cell.column]] ?? []
      let judged = lines.first { $0.line.verdict?.isJudgement ?? false }
      if let judged, let verdict = judged.line.verdict {
        return Entry(
          cell: cell, state: .judged(verdict), folder: judged.folder, ours: judged.line.text)
      }
      if let any = lines.first(where: { $0.line.verdict != nil }) {
        return Entry(cell: cell, state: .reducedOnly, folder: any.folder, ours: any.line.text)
      }
      let reason = UnmappedCells.all.first { $0.holds(cell) }?.reason
      return Entry(cell: cell, state: reason.map { .notPossible($0) } ?? .notRun)
    }
  }

  /// The papers' tables in their order.
  var tables: [PublishedTable] { published.tables }

  func entries(of table: PublishedTable) -> [Entry] {
    entries.filter { $0.cell.paper == table.paper && $0.cell.table == table.table }
  }

  /// How often each word occurs, those that do.
  func counts(_ entries: [Entry]) -> [(word: String, count: Int)] {
    State.words.compactMap { word in
      let count = entries.count { $0.state.word == word }
      return count > 0 ? (word, count) : nil
    }
  }
}

extension PublishedMatrix {
  /// One paper's tables as markup: every number on the ground of its state, with a link to the study
  /// that has one beside it.
  func markup(paper: String) -> String {
    let tables = tables.filter { $0.paper == paper }.map { table in
      let own = entries(of: table)
      let rows = table.rows.map { row in
        [HTML.Cell(row)]
          + table.columns.map { column in
            let entry = own.first { $0.cell.row == row && $0.cell.column == column }
            return entry.map { HTML.Cell(markup: markup($0)) } ?? HTML.Cell("")
          }
      }
      return HTML.table(
        header: [table.rowMeaning] + table.columns, rows: rows,
        caption: "\(table.label): \(table.title)", style: "matrix")
    }
    return "<div class=\"matrices\">\n\(tables.joined())</div>\n"
  }

  private func markup(_ entry: Entry) -> String {
    // As papers print it, with the decimals that tables here have, or more.
    let decimals = Metric(rawValue: entry.cell.metric)?.decimals ?? 0
    let number =
      entry.cell.mean.map {
        DecimalText.fixed($0, decimals: max(decimals, DecimalText.decimals(of: $0)))
      } ?? ResultLine.nothing
    var meaning = entry.state.word
    if let ours = entry.ours { meaning += ": ours \(ours)" }
    if case .notPossible(let reason) = entry.state { meaning += ": \(reason)" }
    let mark = HTML.mark("\(entry.state.symbol) \(number)", entry.state.colour, meaning: meaning)
    guard let folder = entry.folder else { return mark }
    return "<a href=\"\(HTML.escaped(folder))/report.html\">\(mark)</a>"
  }

  /// What the symbols mean and how often each occurs.
  var legend: String {
    let marks = State.words.compactMap { word -> String? in
      let own = entries.filter { $0.state.word == word }
      guard let state = own.first?.state else { return nil }
      return HTML.mark("\(state.symbol) \(state.word): \(own.count)", state.colour)
    }
    return "<p>\(marks.joined(separator: " "))</p>\n"
  }

  /// How many numbers of each table are in which state.
  var countTable: Table {
    let all = counts(entries).map(\.word)
    return Table(
      caption: "All \(entries.count) published numbers",
      header: ["table", "numbers"] + all,
      rows: tables.map { table in
        let own = entries(of: table)
        let counts = Dictionary(uniqueKeysWithValues: counts(own).map { ($0.word, $0.count) })
        let paper = published.paper(table.paper)?.name ?? table.paper
        return ["\(paper), \(table.label)", String(own.count)]
          + all.map { counts[$0].map(String.init) ?? ResultLine.nothing }
      } + [
        ["all", String(entries.count)] + counts(entries).map { String($0.count) }
      ], words: [])
  }
}

extension Verdict {
  /// One character in the place of the word.
  var symbol: String {
    switch self {
    case .reproduced: "="
    case .better: "+"
    case .worse: "−"
    case .lower: "<"
    case .higher: ">"
    case .undecided: "?"
    case .limitedByPaper: "~"
    case .notJudged: "1"
    case .reducedProfile, .altered: "r"
    }
  }
}
