import ArgumentParser
import Canonical
import Datasets
import Durable
import Model
import Study
import Synchronization

/// Which form of a study is meant.
struct StudyOptions: ParsableArguments {
  @Option(
    help: """
      The study's size, for example smoke; without it the file as it stands, which is called paper where \
      it recomputes what a paper prints, otherwise full.
      """, completion: Completions.profiles)
  var profile: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      """
      Change a value of the config, for example training.batch=32; several values, \
      training.batch=16,32 or a range as configs have it, make an axis. May be repeated.
      """, valueName: "key=value"))
  var settings: [String] = []

  @Option(help: ArgumentHelp("Runs of each cell of a table.", valueName: "n"))
  var trials: Int?

  @Option(help: ArgumentHelp("The root of all randomness.", valueName: "n"))
  var seed: Int?

  @Option(
    help: ArgumentHelp("These methods alone, for example Dropout,Shakeout.", valueName: "arm,…"),
    completion: Completions.arms)
  var arms: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      Take a part of the study, for example arm=Shakeout,n=500,1000; may be repeated.
      """, valueName: "key=value,…"),
    completion: Completions.filters)
  var only: [String] = []

  func validate() throws {
    if let trials, !StudySpec.trialCounts.contains(trials) {
      throw ValidationError("--trials must lie in \(StudySpec.trialCounts)")
    }
    if let seed, !(0...Int(UInt32.max)).contains(seed) {
      throw ValidationError("--seed must lie in 0...\(UInt32.max)")
    }
  }

  /// Reads a config in this form; warnings go to standard error.
  /// - Throws: `Failure` with every error in the config, or because it cannot be read.
  func load(_ config: String) throws(Failure) -> StudySpec {
    let (document, userFiles) = try Self.document(config)
    let numbers = [("trials", trials), ("seed", seed)].compactMap { key, value in
      value.map { "\(key)=\($0)" }
    }
    let chosen = arms.map { "\(CellFilter.arm)=\($0)" }
    return try userFiles.check(
      document.study(profile: profile, settings: settings + numbers, only: only + chosen))
  }

  /// Reads a config once, for any of its profiles.
  /// - Throws: `Failure` because it cannot be read, or because it is no JSON.
  static func document(
    _ config: String
  ) throws(Failure) -> (StudyDocument, UserFilesReading) {
    let path = StudyNames.path(of: config)
    let name = ConfigFile.displayName(of: path)
    let bytes: [UInt8]
    do throws(ConfigFile.Problem) {
      bytes = try ConfigFile.read(path)
    } catch {
      throw Failure(
        error.kind, "cannot read \(name.visible): \(error.message)",
        advice: FileContents.exists(path) ? nil : StudyNames.advice(insteadOf: config))
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
        throw UnreadableFile(reason: error.message)
      }
    }
    return (try document.orFailure(), userFiles)
  }
}

/// Looks into the user files that studies name, and keeps what went wrong: a file that is missing or
/// damaged is no mistake in the config.
final class UserFilesReading: Sendable {
  private let problems = Mutex<[DatasetError]>([])

  func facts(of spec: DatasetSpec) throws(UnreadableFile) -> DatasetFacts {
    do throws(DatasetError) {
      return try DatasetLocator(dataFolder: nil, offline: true).open(spec).facts
    } catch {
      problems.withLock { $0.append(error) }
      throw UnreadableFile(reason: error.message, advice: error.advice)
    }
  }

  /// The study; or what is wrong with itself and its files, at their places. What is wrong with nothing
  /// but the files has their exit code.
  func check(_ study: Result<StudySpec, InvalidStudy>) throws(Failure) -> StudySpec {
    guard case .failure(let invalid) = study else { return try study.orFailure() }
    let problems = problems.withLock { $0 }
    let isOfFiles = invalid.diagnostics.filter { $0.severity == .error }.allSatisfy { diagnostic in
      problems.contains { diagnostic.message.hasPrefix($0.message) }
    }
    guard isOfFiles, let first = problems.first else { throw Failure(invalid) }
    throw Failure(first.kind, printed: invalid.text)
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
