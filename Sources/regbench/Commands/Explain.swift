import ArgumentParser
import Canonical
import Study

/// Prints a study as it is understood.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a study with its profile and settings merged in, and its notes.",
    discussion: """
      Standard output gets the JSON document that `run` would work from: "extends", the profile and \
      --set are merged in. The notes, which say what a paper leaves open and how it was decided, \
      are listed on standard error.
      """)

  @Argument(
    help: ArgumentHelp("The study, a JSON file.", valueName: "config"),
    completion: .file(extensions: ["json"]))
  var config: String

  @OptionGroup var study: StudyOptions

  func run() throws {
    let study = try study.load(config)
    try StandardStreams.product(study.resolved.prettyText)
    for stage in study.upperBound.grouped() {
      StandardStreams.talk("\(stage.name): at most \(Quantities.count(stage.count, "run"))")
    }
    for note in study.notes {
      StandardStreams.talk(note.path.isEmpty ? "note: \(note.text)" : "\(note.path): \(note.text)")
    }
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
