import ArgumentParser
import Durable
import Study

/// Which form of a study is meant.
struct StudyOptions: ParsableArguments {
  /// The profile that is the file as it stands.
  static let asWritten = "paper"

  @Option(
    help: """
      The study's size: "paper" is the file as it stands; most have "desk" and "smoke", too.
      """)
  var profile = Self.asWritten

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
    try Self.load(config, profile: profile, settings: settings, only: only)
  }

  /// Reads a config in one of its profiles.
  static func load(
    _ config: String, profile: String, settings: [String] = [], only: [String] = []
  ) throws(Failure) -> StudySpec {
    do {
      _ = try FileContents.read(config)
    } catch {
      throw Failure(.missingData, "cannot read \(config): \(error.reason)")
    }
    let study = StudySpec.load(
      file: config, profile: profile, settings: settings, only: only, read: bytes)
    switch study {
    case .success(let study): return study
    case .failure(let problems): throw Failure(.usage, printed: problems.text)
    }
  }

  private static func bytes(of file: String) throws(UnreadableFile) -> [UInt8] {
    do {
      return try FileContents.read(file)
    } catch {
      throw UnreadableFile(reason: error.reason)
    }
  }
}
