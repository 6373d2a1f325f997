import ArgumentParser
import Report
import Study

/// Prints a result folder's tables again.
struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Print the tables of a result folder, made again from its recorded runs.",
    discussion: """
      Nothing is trained. The folder is one that `run` has written, for example \
      results/mnist-shakeout/desk; runs.csv, provenance.json and series/ in it suffice. --write \
      also makes table.csv, table.md, table.svg and figures/ in it anew.

      EXAMPLES:
        For a spreadsheet, and for a paper:
          regbench table results/mnist-shakeout/paper --format csv
          regbench table results/mnist-shakeout/paper --format tex
        From a number back to its runs:
          regbench table results/mnist-shakeout/desk --explain arm=Dropout,n=500
      """)

  /// How a table is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case csv
    case tidy
    case md
    case tex
    case svg
    case json

    func text(_ table: ResultTable) -> String {
      switch self {
      case .text: TextRenderer.text(table, width: Terminal.tableColumns)
      case .csv: CSVExport.text(table)
      case .tidy: TidyCSV.text(table)
      case .md: MarkdownRenderer.text(table)
      case .tex: LaTeXRenderer.text(table)
      case .svg: SVGRenderer.text(table)
      case .json: JSONExport.text(table)
      }
    }
  }

  @Argument(help: ArgumentHelp("The result folder.", valueName: "dir"))
  var folder: ResultPlace

  @Option(help: "How to print them.")
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "Walk from a number back to its runs, for example arm=Shakeout,n=1000.",
      valueName: "key=value,…"))
  var explain: String?

  @Flag(help: "Write table.csv, table.md, table.svg and the figures in the folder anew.")
  var write = false

  func validate() throws {
    guard explain == nil || !write else {
      throw ValidationError("--explain and --write exclude each other")
    }
    guard explain == nil || format == .text else {
      throw ValidationError("--explain prints text: it takes no --format \(format.rawValue)")
    }
  }

  func run() throws {
    if let explain { return try trail(explain) }
    let result = ResultFolder(try folder.folder())
    let table = try result.table()
    if write {
      let figures = try result.figures()
      try result.write(table)
      try result.write(figures)
      for absent in figures.absent {
        StandardStreams.talk("no figure \(absent.kind.name): \(absent.reason)")
      }
    }
    try format == .text
      ? StandardStreams.product(format.text(table), ColoredText.verdicts)
      : StandardStreams.product(format.text(table))
  }

  private func trail(_ filter: String) throws {
    let folder = ResultFolder(try folder.folder())
    let study = try folder.study()
    let cells = try study.filter(filter, option: "--explain").orFailure()
    let command = RunCommand(
      study, folder: folder.path,
      commandLine: try folder.provenance()?.sessions.last?.commandLine ?? [])
    let blocks = CellExplanation(study: study, records: try folder.records(), command: command)
      .blocks(cells)
    guard !blocks.isEmpty else { throw Failure(.usage, "nothing matches \"\(filter)\"") }
    try StandardStreams.product(TextRenderer.text(blocks, width: nil), ColoredText.verdicts)
  }
}
