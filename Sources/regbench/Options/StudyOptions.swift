import ArgumentParser
import Canonical
import Datasets
import Model
import Study
import Synchronization

/// Which form of a study is meant.
struct StudyOptions: ParsableArguments {
  @Option(
    help: """
      The study's size: "\(ProfilePatch.asWritten)" is the file as it stands; most have "desk" and "smoke", too.
      """)
  var profile = ProfilePatch.asWritten

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Change a value of the config, for example training.batch=32; may be repeated.",
      valueName: "key=value"))
  var settings: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take a part of the study, for example arm=Shakeout,n=500; may be repeated.",
      valueName: "key=value,…"))
  var only: [String] = []

  /// Reads a config in this form; warnings go to standard error.
  /// - Throws: `Failure` with every error in the config, or because it cannot be read.
  func load(_ config: String) throws(Failure) -> StudySpec {
    let (document, userFiles) = try Self.document(config)
    return try userFiles.check(
      document.study(profile: profile, settings: settings, only: only))
  }

  /// Reads a config once, for any of its profiles.
  /// - Throws: `Failure` because it cannot be read, or because it is no JSON.
  static func document(
    _ config: String
  ) throws(Failure) -> (StudyDocument, UserFilesReading) {
    let name = ConfigFile.displayName(of: config)
    let bytes: [UInt8]
    do throws(ConfigFile.Problem) {
      bytes = try ConfigFile.read(config)
    } catch {
      throw Failure(error.status, "cannot read \(name.visible): \(error.reason)")
    }
    let userFiles = UserFilesReading()
    let facts: StudyDocument.FactsReader = { (spec) throws(UnreadableFile) in
      try userFiles.facts(of: spec)
    }
    let document = StudyDocument.read(name, facts: facts) { (file) throws(UnreadableFile) in
      if file == name { return bytes }
      do throws(ConfigFile.Problem) {
        return try ConfigFile.read(file)
      } catch {
        throw UnreadableFile(reason: error.reason)
      }
    }
    return (try document.orFailure(), userFiles)
  }
}

/// Looks into the user files that studies name, and keeps what went wrong: a file that is missing or
/// damaged is no mistake in the config.
final class UserFilesReading: Sendable {
  private let problem = Mutex<DatasetError?>(nil)

  func facts(of spec: DatasetSpec) throws(UnreadableFile) -> DatasetFacts {
    do throws(DatasetError) {
      return try DatasetLocator(dataFolder: nil, offline: true).open(spec).facts
    } catch {
      problem.withLock { $0 = error }
      throw UnreadableFile(reason: error.message)
    }
  }

  /// The study; or what is wrong with its files, or with itself.
  func check(_ study: Result<StudySpec, InvalidStudy>) throws(Failure) -> StudySpec {
    if let error = problem.withLock({ $0 }) { throw Failure(error) }
    return try study.orFailure()
  }
}

extension Result where Failure == InvalidStudy {
  /// The value; what is wrong with the study is what the user reads.
  func orFailure() throws(regbench.Failure) -> Success {
    switch self {
    case .success(let value): return value
    case .failure(let problems): throw regbench.Failure(problems)
    }
  }
}
