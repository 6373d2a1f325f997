import ArgumentParser
import Canonical
import Report
import Study

/// Prints a study as it is understood.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print every value of a study with its origin, and its notes.",
    discussion: """
      Standard output gets a line for each value that `run` would work from, with the file, line and \
      column or the option that it comes from; what nobody wrote is a default. --json prints the \
      document instead, with "extends", the profile and --set merged in. The notes, which say what a \
      paper leaves open and how it was decided, are listed on standard error.

      EXAMPLES:
        Every value of a study and where it comes from:
          regbench explain quickstart
        The study that a sweep would be:
          regbench explain quickstart --set training.batch=16,32 --json
        The schema for an editor:
          regbench explain --schema
      """)

  @Argument(
    help: ArgumentHelp(
      "The study: a JSON file, or the name of one in configs/.", valueName: "config"),
    completion: Completions.configs)
  var config: String?

  @OptionGroup var study: StudyOptions

  @Flag(help: "Print the merged document as JSON.")
  var json = false

  @Flag(help: "Print the JSON Schema of configs, with which editors complete them.")
  var schema = false

  func validate() throws {
    guard (config == nil) == schema else {
      throw ValidationError(schema ? "--schema takes no config" : "name a config, or --schema")
    }
  }

  func run() throws {
    guard let config else { return try StandardStreams.product(StudySchema.text) }
    let study = try study.load(config)
    try StandardStreams.product(json ? study.resolved.prettyText : Self.origins(of: study))
    for stage in study.upperBound.grouped() {
      StandardStreams.talk("\(stage.name): at most \(Quantities.count(stage.count, "run"))")
    }
    for note in study.notes {
      StandardStreams.talk(note.path.isEmpty ? "note: \(note.text)" : "\(note.path): \(note.text)")
    }
  }

  private static func origins(of study: StudySpec) -> String {
    let rows = study.origins.map { [$0.path.description, $0.value, $0.place] }
    return TextRenderer.text(
      [
        .table(Table(header: ["key", "value", "from"], rows: rows, words: [1, 2]))
      ], width: nil)
  }
}

extension [PlannedRuns] {
  /// Sums over rows, in the order of the stages.
  fileprivate func grouped() -> [(name: String, count: Int)] {
    reduce(into: []) { stages, runs in
      if let index = stages.firstIndex(where: { $0.name == runs.stage }) {
        stages[index].count += runs.count
      } else {
        stages.append((runs.stage, runs.count))
      }
    }
  }
}
