import Canonical

/// Which cells of a study are trained before the others: `--first network=lenet,n=500`. It changes
/// the order of the work and nothing else.
package struct CellPriority: Sendable {
  private var filters: [CellFilter] = []

  /// No cell comes before another.
  package init() {}

  /// Whether no cell comes before another.
  package var isPlain: Bool { filters.isEmpty }

  /// How many groups of cells come before this one's.
  package func rank(_ cell: Cell) -> Int {
    filters.firstIndex { $0.matches(arm: cell.arm, axes: cell.axes) } ?? filters.count
  }

  fileprivate init(_ filters: [CellFilter]) { self.filters = filters }
}

extension StudySpec {
  /// Reads `--first` options, the most urgent first; an unknown key or value is an error that lists
  /// the known ones.
  package func priority(_ options: [String]) -> Result<CellPriority, InvalidStudy> {
    let diagnostics = DiagnosticCollector()
    let filters = options.map { text in
      CellFilter(
        options: [text], named: "--first", axes: axes, arms: arms.map(\.name), diagnostics)
    }
    guard !diagnostics.hasErrors else { return .failure(InvalidStudy(.usage, diagnostics, [])) }
    return .success(CellPriority(filters))
  }
}
