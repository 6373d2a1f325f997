import Canonical

extension StudySpec {
  /// Makes sure that what the study claims to recompute is printed in the papers.
  mutating func checkPublished(_ diagnostics: DiagnosticCollector) {
    PublishedCheck(study: self, diagnostics: diagnostics).run()
    warnings = diagnostics.diagnostics.filter { $0.severity == .warning }
  }
}

/// Makes sure that what a study claims to recompute is printed in the paper.
private struct PublishedCheck {
  let study: StudySpec
  let diagnostics: DiagnosticCollector
  let published = PublishedNumbers.embedded

  /// Adds what is wrong to the diagnostics.
  func run() {
    // Places follow from arms and axes, which must be sound first.
    let isSound = !diagnostics.hasErrors
    for reproduction in study.reproduces + study.variantsOf {
      guard let table = table(of: reproduction) else { continue }
      let cells = published.cells.filter { $0.paper == table.paper && $0.table == table.table }
      if checkMetric(reproduction, table, cells), isSound {
        checkPlaces(reproduction, table, cells)
      }
    }
  }

  private func table(of reproduction: Reproduction) -> PublishedTable? {
    let tables = published.tables.filter { $0.paper == reproduction.paper }
    // An unknown paper is reported where it is read.
    guard !tables.isEmpty else { return nil }
    if let table = tables.first(where: { $0.table == reproduction.table }) { return table }
    report(
      "\"\(reproduction.paper)\" has no table \"\(reproduction.table)\"", at: "table", reproduction,
      Advice.among(tables.map(\.table), insteadOf: reproduction.table))
    return nil
  }

  private func checkMetric(
    _ reproduction: Reproduction, _ table: PublishedTable, _ cells: [PublishedCell]
  ) -> Bool {
    let metric = reproduction.metric.name
    if cells.contains(where: { $0.metric == metric }) { return true }
    let printed = cells.map(\.metric).unique
    report(
      "\(table.label) prints no \"\(metric)\"", at: "metric", reproduction,
      Advice.among(printed, insteadOf: metric))
    return false
  }

  /// A fixed name must be printed. Names made of arms and axes may stand beside the paper's, as those
  /// of a further arm do, but in a study that claims to be the paper's not all of them.
  private func checkPlaces(
    _ reproduction: Reproduction, _ table: PublishedTable, _ cells: [PublishedCell]
  ) {
    let places = reproduction.places(in: study)
    let rows = places.map(\.row).filter { !table.rows.contains($0) }
    let columns = places.map(\.column).filter { !table.columns.contains($0) }
    for (key, template, absent, known) in [
      ("row", reproduction.row, rows, table.rows),
      ("column", reproduction.column, columns, table.columns),
    ] {
      guard let name = absent.first else { continue }
      let message = "\(table.label) has no \(key) \"\(name)\""
      if template.isLiteral {
        return report(message, at: key, reproduction, Advice.among(known, insteadOf: name))
      }
      if isWhole, absent.count == places.count {
        let names = Advice.among(known, insteadOf: name).map { "\($0); " } ?? ""
        return report(
          message, at: key, reproduction,
          names
            + "what the paper does not print can stand beside what it prints, not alone: keep one "
            + "of these, or take the table out of \"reproduces\"")
      }
      for name in Set(absent).sorted() where isWhole {
        guard let near = Suggestion.nearest(to: name, among: known) else { continue }
        report(
          "\(table.label) has no \(key) \"\(name)\", so no published number stands beside it",
          at: key, reproduction, "did you mean \"\(near)\"?", severity: .warning)
      }
    }
    let printed = places.compactMap { place in
      cells.first { $0.row == place.row && $0.column == place.column }
    }
    let metric = reproduction.metric.name
    if let cell = printed.first(where: { $0.metric != metric }) {
      report(
        "row \"\(cell.row)\", column \"\(cell.column)\" of \(table.label) is a "
          + "\"\(cell.metric)\", not a \"\(metric)\"", at: "metric", reproduction, nil)
    } else if printed.isEmpty, isWhole, let place = places.first {
      let columns = cells.filter { $0.row == place.row }.map(\.column)
      report(
        "row \"\(place.row)\" of \(table.label) has no column \"\(place.column)\"", at: "column",
        reproduction, Advice.among(columns, insteadOf: place.column))
    }
  }

  /// Whether the study is its file as it stands and claims to be the paper's.
  private var isWhole: Bool {
    study.reduced == nil && study.isAsWritten && !study.isAltered
  }

  private func report(
    _ message: String, at key: String, _ reproduction: Reproduction, _ advice: String?,
    severity: Diagnostic.Severity = .error
  ) {
    guard let location = reproduction.locations[key] else { return }
    diagnostics.add(Diagnostic(severity, at: location, message, advice: advice))
  }
}
