import CEmbedded
import Canonical

/// Every number of every results table of the four papers: 291 cells, with what is known of how
/// they came about.
package struct PublishedNumbers: Sendable, Equatable {
  package private(set) var papers: [PublishedPaper] = []
  /// Their tables, in the papers' order.
  package private(set) var tables: [PublishedTable] = []
  /// The tables' cells, row by row.
  package private(set) var cells: [PublishedCell] = []
  /// What the papers' sentences claim of the tables, in the papers' order.
  package private(set) var claims: [PublishedClaim] = []

  /// The numbers that are built into the binary.
  package static let embedded: PublishedNumbers = {
    let files = (0..<regbench_published_count()).map { index in
      let file = regbench_published(index)
      return (
        name: String(cString: file.name),
        bytes: [UInt8](UnsafeBufferPointer(start: file.bytes, count: file.length))
      )
    }
    switch PublishedNumbers.reading(files) {
    case .success(let numbers): return numbers
    case .failure(let problem):
      // The files are part of the source code and a test reads them: only a bug gets here.
      fatalError("embedded \(problem.location.file):\(problem.location.line): \(problem.message)")
    }
  }()

  /// Reads papers' files; the first error, if there is one.
  static func reading(
    _ files: [(name: String, bytes: [UInt8])]
  ) -> Result<PublishedNumbers, Diagnostic> {
    var numbers = PublishedNumbers()
    let diagnostics = DiagnosticCollector()
    for file in files {
      switch JSONParser.parse(file.bytes, file: file.name) {
      case .failure(let problem): return .failure(problem)
      case .success(let value):
        let reader = PublishedReader(value, diagnostics)
        numbers.papers.append(reader.paper)
        numbers.tables += reader.tables
        numbers.cells += reader.cells
        numbers.claims += reader.claims
      }
    }
    if let problem = diagnostics.diagnostics.first { return .failure(problem) }
    return .success(numbers)
  }

  package func paper(_ name: String) -> PublishedPaper? { papers.first { $0.paper == name } }

  package func table(_ paper: String, _ table: String) -> PublishedTable? {
    tables.first { $0.paper == paper && $0.table == table }
  }

  /// One number by its row's and column's labels.
  package func cell(_ paper: String, _ table: String, row: String, column: String) -> PublishedCell?
  {
    cells.first {
      $0.paper == paper && $0.table == table && $0.row == row && $0.column == column
    }
  }
}
