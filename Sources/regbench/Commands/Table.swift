import ArgumentParser
import Report

/// Prints a result folder's tables again.
struct Table: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the tables of a result folder, made again from its recorded runs.",
    discussion: """
      Nothing is trained and nothing is written. The folder is one that `run` has written, for \
      example results/mnist-shakeout/smoke; runs.csv and provenance.json in it suffice.
      """)

  /// How a table is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case csv
    case md
    case tex
    case json

    func text(_ table: ResultTable) -> String {
      switch self {
      case .text: TerminalExport.text(table)
      case .csv: CSVExport.text(table)
      case .md: MarkdownExport.text(table)
      case .tex: LaTeXExport.text(table)
      case .json: JSONExport.text(table)
      }
    }
  }

  @Argument(help: ArgumentHelp("The result folder.", valueName: "dir"), completion: .directory)
  var folder: String

  @Option(help: "How to print them.")
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "Walk from a number back to its runs, for example arm=Shakeout,n=1000.",
      valueName: "key=value,…"))
  var explain: String?

  func run() throws {
    if let explain { return try trail(explain) }
    try StandardStreams.product(format.text(ResultFolder(folder).table()))
  }

  private func trail(_ filter: String) throws {
    let folder = ResultFolder(folder)
    let trail = NumberTrail(study: try folder.study(), records: try folder.records())
    switch trail.text(filter) {
    case .success(let text): try StandardStreams.product(text)
    case .failure(let problem): throw Failure(.usage, problem.message, advice: problem.advice)
    }
  }
}
