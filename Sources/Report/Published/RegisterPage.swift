import Study

/// The register as a page: what to type for every table and figure, how many published cells each
/// study recomputes, and which cells none does.
package struct RegisterPage: Sendable {
  /// A published cell and the studies that recompute it.
  package struct Mapped: Sendable {
    package var cell: PublishedCell
    /// Names of the studies that claim it, those that reduce the paper's protocol left out.
    package var studies: [String]
    /// Why none does, where none is meant to.
    package var reason: String?
  }

  /// Every published cell.
  package let cells: [Mapped]
  private let published: PublishedNumbers

  /// - Parameter studies: all studies of `configs/` as they stand.
  package init(_ studies: [StudySpec], published: PublishedNumbers = .embedded) {
    self.published = published
    var claims: [[String]: [String]] = [:]
    for study in studies where study.reduced == nil {
      for reproduction in study.reproduces {
        for place in reproduction.places(in: study) {
          let key = [reproduction.paper, reproduction.table, place.row, place.column]
          claims[key, default: []].append(study.name)
        }
      }
    }
    cells = published.cells.map { cell in
      Mapped(
        cell: cell, studies: claims[[cell.paper, cell.table, cell.row, cell.column]] ?? [],
        reason: UnmappedCells.all.first { $0.holds(cell) }?.reason)
    }
  }

  /// How many published cells a study recomputes.
  package func count(of study: String) -> Int { cells.count { $0.studies.contains(study) } }

  /// The two tables in Markdown.
  package var markdown: String { rows + "\n" + unmapped }

  private var rows: String {
    let rows = Register.rows.map { row in
      let paper = row.paper.isEmpty ? "Lecture" : published.paper(row.paper)?.name ?? row.paper
      let configs = row.configs.map { "`configs/\($0).json`" }.joined(separator: ", ")
      let commands =
        row.configs.isEmpty
        ? row.command.map { "`\($0)`" } ?? "–"
        : "`regbench run \(row.configs.map { "configs/\($0).json" }.joined(separator: " "))`"
      let counts = row.configs.map { String(count(of: $0)) }.joined(separator: ", ")
      let cells = [
        paper, row.item, row.subject + (row.remark.map { " (\($0))" } ?? ""),
        configs.isEmpty ? "–" : configs, counts.isEmpty ? "–" : counts, commands,
      ]
      return "| \(cells.joined(separator: " | ")) |\n"
    }
    return "| paper | what | shows | study | published cells of the study | command |\n"
      + "| --- | --- | --- | --- | --- | --- |\n" + rows.joined()
  }

  private var unmapped: String {
    let rows = UnmappedCells.all.map { entry in
      let meant = cells.filter { entry.holds($0.cell) }
      let table = published.table(entry.paper, entry.table)?.label ?? entry.table
      let paper = published.paper(entry.paper)?.name ?? entry.paper
      let which =
        (entry.rows + entry.columns).isEmpty
        ? "all" : (entry.rows + entry.columns).joined(separator: ", ")
      return "| \(paper) | \(table) | \(which) | \(meant.count) | \(entry.reason) |\n"
    }
    return "| paper | table | rows and columns | cells | not recomputed because |\n"
      + "| --- | --- | --- | --- | --- |\n" + rows.joined()
  }
}
