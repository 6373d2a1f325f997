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

  func run() throws {
    try StandardStreams.product(format.text(ResultFolder(folder).table()))
  }
}
