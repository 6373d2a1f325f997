import ArgumentParser
import Canonical
import Report
import Study

/// Reads configs and shows every error.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show every error in a config at once, with its place and the way out.",
    discussion: """
      Reads the study in all its profiles, builds every network that it would train, and attaches \
      every regularizer; it needs no data and trains nothing. What is right gets one line; what is \
      wrong, or odd, is shown as compilers do it. The exit code is 64 if anything is wrong.

      EXAMPLES:
        A study of your own:
          regbench check my-study.json
        All studies:
          regbench check configs/*.json
      """)

  @Argument(
    help: ArgumentHelp(
      "The studies: JSON files, or names of those in configs/.", valueName: "config"),
    completion: Completions.configs)
  var configs: [String]

  func run() throws {
    var worst: Failure?
    for config in configs {
      do throws(Failure) {
        let (document, userFiles) = try StudyOptions.document(config)
        let study = try userFiles.check(document.checked())
        let name = ConfigFile.displayName(of: StudyNames.path(of: config)).visible
        if let warnings = study.warningText { StandardStreams.talk(warnings) }
        try StandardStreams.product("\(name): \(Self.summary(of: study))\n")
      } catch {
        StandardStreams.talk(error.text)
        worst = worst ?? error
      }
    }
    if let worst { throw worst.status.exitCode }
  }

  private static func summary(of study: StudySpec) -> String {
    let runs = study.upperBound.reduce(0) { $0 + $1.count }
    let profiles = study.profiles.joined(separator: ", ")
    let warnings =
      study.warnings.isEmpty ? "" : ", with \(Quantities.count(study.warnings.count, "warning"))"
    return "right\(warnings); at most \(Quantities.count(runs, "run")); profiles \(profiles)"
  }
}
