import Canonical

/// Reads one paper's file strictly: unknown keys and wrong types are diagnostics.
struct PublishedReader {
  let diagnostics: DiagnosticCollector
  private(set) var tables: [PublishedTable] = []
  private(set) var cells: [PublishedCell] = []
  private(set) var claims: [PublishedClaim] = []
  private(set) var paper: PublishedPaper

  init(_ value: JSONValue, _ diagnostics: DiagnosticCollector) {
    self.diagnostics = diagnostics
    let reader = ObjectReader(value, diagnostics)
    let name = reader.string("paper")
    paper = reader.object("citation") { Self.paper($0, name) }
    let read = reader.objects("tables") { Self.table($0, paper: name) }
    let metrics = Dictionary(read.map { ($0.0.table, $0.0.metric) }) { first, _ in first }
    claims = reader.objects("claims") { PublishedClaim($0, paper: name, metrics: metrics) }
    reader.finish()
    tables = read.map(\.0)
    cells = read.flatMap(\.1)
  }

  private static func paper(_ reader: ObjectReader, _ name: String) -> PublishedPaper {
    defer { reader.finish() }
    return PublishedPaper(
      paper: name, name: reader.string("name"), title: reader.string("title"),
      authors: reader.strings("authors", default: []),
      venue: optionalString("venue", reader),
      year: reader.has("year") ? reader.int("year", in: 1900...2100) : nil)
  }

  private static func table(
    _ reader: ObjectReader, paper: String
  ) -> (PublishedTable, [PublishedCell]) {
    let facts = reader.has("protocol") ? reader.object("protocol") { $0 } : nil
    var table = PublishedTable(
      paper: paper, table: reader.string("table"), title: reader.string("title"),
      dataset: optionalString("dataset", reader), rowMeaning: reader.string("rowMeaning"),
      columnMeaning: reader.string("columnMeaning"),
      methodsAreRows: reader.bool("methodsAreRows", default: false),
      metric: reader.string("metric"),
      unit: reader.string("unit"),
      spreadKind: reader.has("spread") ? reader.choice("spread") : nil,
      runs: reader.has("runs") ? reader.int("runs", in: 1...100_000) : nil,
      remarks: ["runsNote", "spreadNote", "selectionNote"].compactMap {
        optionalString($0, reader)
      } + (facts.flatMap { optionalString("updatesNote", $0) }.map { [$0] } ?? []),
      selection: reader.choice("selection"),
      validationImages: facts.map { $0.int("validation", in: 0...10_000_000) },
      updates: facts.flatMap {
        $0.has("updates") ? $0.int("updates", in: 1...1_000_000_000) : nil
      },
      hyperparameters: facts.flatMap { optionalString("hyperparameters", $0) },
      margins: margins(reader), rows: [], columns: [])
    facts?.finish()
    let cells = reader.object("rows") { Self.cells($0, of: table) }
    for cell in cells {
      if !table.rows.contains(cell.row) { table.rows.append(cell.row) }
      if !table.columns.contains(cell.column) { table.columns.append(cell.column) }
    }
    reader.finish()
    return (table, cells)
  }

  private static func margins(_ reader: ObjectReader) -> [String: VerdictMargin] {
    var margins: [String: VerdictMargin] = [:]
    for member in reader.raw("margins")?.members ?? [] {
      let rule = reader.nested(member.value)
      margins[member.name] = VerdictMargin(
        spreads: rule.double("spreads", in: 0...100), fraction: rule.double("fraction", in: 0...1),
        base: rule.choice("of"))
      rule.finish()
    }
    return margins
  }

  private static func cells(_ rows: ObjectReader, of table: PublishedTable) -> [PublishedCell] {
    (rows.value.members ?? []).flatMap { row in
      let columns = ObjectReader(row.value, rows.diagnostics)
      return (columns.value.members ?? []).map { column in
        let reader = rows.nested(column.value)
        defer { reader.finish() }
        return PublishedCell(
          paper: table.paper, table: table.table, row: row.name, column: column.name,
          metric: reader.string("metric", default: table.metric),
          unit: reader.string("unit", default: table.unit), mean: mean(reader),
          spread: reader.has("spread") ? reader.double("spread", in: 0...1e9) : nil,
          p: reader.has("p") ? reader.double("p", in: 0...1) : nil,
          spreadIsDoubtful: reader.bool("spreadDoubtful", default: false),
          source: optionalString("source", reader), remark: optionalString("remark", reader))
      }
    }
  }

  /// A dash in print is a null in the file; a missing mean is a mistake.
  private static func mean(_ reader: ObjectReader) -> Double? {
    reader.raw("mean") == .null ? nil : reader.double("mean", in: -1e9...1e9)
  }

  private static func optionalString(_ key: String, _ reader: ObjectReader) -> String? {
    reader.has(key) ? reader.string(key) : nil
  }
}
