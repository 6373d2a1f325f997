import ArgumentParser
import Durable
import Report
import Study

/// Prints what a paper that uses a study's numbers should cite.
struct Cite: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the papers behind a study, and this program, as BibTeX.",
    discussion: """
      The study is a config or a result folder. Without one, all papers whose numbers are built in are \
      printed.

      EXAMPLES:
        For a study, and into the references of a paper:
          regbench cite mnist-shakeout
          regbench cite results/mnist-shakeout/paper >> references.bib
      """)

  @Argument(
    help: ArgumentHelp("The config, or a result folder.", valueName: "study"),
    completion: Completions.configs)
  var study: String?

  func run() throws {
    try StandardStreams.product(
      BibTeX.text(try study.map(Self.spec), version: Version.number))
  }

  private static func spec(_ name: String) throws -> StudySpec {
    if !StudyNames.isConfig(name) {
      let folder = try ResultPlace(argument: name).folder()
      if FileContents.identity(of: folder)?.isFolder == true {
        return try RecordedStudy(folder).study
      }
    }
    let (document, userFiles) = try StudyOptions.document(name)
    return try userFiles.check(
      document.study(profile: nil, settings: [], only: []))
  }
}
