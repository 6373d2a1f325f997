import ArgumentParser
import Canonical
import Study

/// Reads configs and shows every error.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show every error in a config at once, with its place and the way out.",
    discussion: """
      Reads the study in all its profiles, builds every network that it would train, and attaches \
      every regularizer; it needs no data and trains nothing. What is right gets one line, what is \
      wrong is shown as compilers do it, and the exit code is 64.
      """)

  @Argument(
    help: ArgumentHelp("The studies, one JSON file each.", valueName: "config"),
    completion: .file(extensions: ["json"]))
  var configs: [String]

  func run() throws {
    var worst: Failure?
    for config in configs {
      let failures = try check(config)
      for failure in failures { StandardStreams.talk(failure.text) }
      worst = worst ?? failures.first
    }
    if let worst { throw worst.status.exitCode }
  }

  /// What is wrong with a config in any of its profiles, the same error once.
  private func check(_ config: String) throws -> [Failure] {
    let study: StudySpec
    do throws(Failure) {
      study = try StudyOptions.load(config, profile: StudyOptions.asWritten)
    } catch {
      return [error]
    }
    var failures: [Failure] = []
    for profile in study.profiles.dropFirst() {
      do throws(Failure) {
        _ = try StudyOptions.load(config, profile: profile)
      } catch {
        if !failures.contains(error) { failures.append(error) }
      }
    }
    if failures.isEmpty {
      try StandardStreams.product("\(config): \(Self.summary(of: study))\n")
    }
    return failures
  }

  private static func summary(of study: StudySpec) -> String {
    let runs = study.upperBound.reduce(0) { $0 + $1.count }
    let profiles = study.profiles.joined(separator: ", ")
    return "right; at most \(Quantities.count(runs, "run")); profiles \(profiles)"
  }
}
