import ArgumentParser
import Report
import Study

/// Sets a study against the paper, or against another study.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judge a result against the paper, or against another result.",
    discussion: """
      With one folder: for each cell that the paper prints, its value, ours, the difference with \
      its 90 % interval, the margin and the verdict; then the paper's claims, who beats whom in a row. \
      With two: for each cell that both have, whether they differ, trial by trial where both had \
      the same seed.

      Ends with 2 if a cell is worse than published, a claim is contradicted, or the first result \
      is worse than the second, or \
      different in a number that is neither good nor bad.

      EXAMPLES:
        With the paper, and with another result:
          regbench compare results/mnist-shakeout/paper
          regbench compare results/mnist-shakeout/desk results/mnist-shakeout/paper
      """)

  @Argument(help: ArgumentHelp("The result folder.", valueName: "dir"))
  var folder: ResultPlace

  @Argument(
    help: ArgumentHelp("Another one, to compare with.", valueName: "dir2"))
  var other: ResultPlace?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let folder = try folder.folder()
    let table = try ResultFolder(folder).table()
    let hasFailed: Bool
    if let other = try other?.folder() {
      let comparison = StudyComparison(table, try ResultFolder(other).table())
      guard !comparison.sections.isEmpty else {
        throw Failure.comparison("\(folder) and \(other) have no cell in common")
      }
      try Self.show(
        json
          ? ComparisonJSON.text(comparison)
          : TextRenderer.comparison(comparison, width: Terminal.outputColumns))
      hasFailed = comparison.sections.flatMap(\.comparisons).contains {
        $0.outcome == .contradicted || $0.outcome == .different
      }
    } else {
      if !json, let reason = table.nothingToCompare {
        StandardStreams.talk(
          "nothing to compare in \(folder): \(reason)\n"
            + "a second folder is compared with it: regbench compare \(folder) DIR2")
        return
      }
      try Self.show(
        json
          ? ComparisonJSON.text(table)
          : TextRenderer.comparison(table, width: Terminal.outputColumns))
      hasFailed = table.sections.contains { section in
        section.verdicts.contains(.worse)
          || section.isJudged && section.claims.contains { $0.outcome == .contradicted }
      }
    }
    if hasFailed { throw ExitStatus.comparisonFailed.exitCode }
  }

  private static func show(_ text: String) throws {
    try StandardStreams.product(text, ColoredText.verdicts)
  }
}
