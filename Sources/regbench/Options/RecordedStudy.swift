import ArgumentParser
import Durable
import Report
import Runner
import Study

/// A study that was run, as commands find it by a folder that the user names: the result folder, or
/// the folder of the work in progress.
struct RecordedStudy {
  let study: StudySpec
  /// The result folder.
  let folder: String
  /// Where it is, or was, trained; nil where that is not to be found.
  let runs: RunsFolder?

  /// - Throws: `Failure` where neither can be read.
  init(_ folder: String) throws {
    runs = RunsFolder(for: folder)
    self.folder = runs?.note.outFolder ?? folder
    if let runs {
      study = try runs.study.get()
    } else {
      study = try ResultFolder(folder).study()
    }
  }

  /// The runs folder.
  /// - Throws: `Failure` where it is not to be found.
  func needingRuns() throws(Failure) -> RunsFolder {
    if let runs { return runs }
    throw Failure(
      .missing, "no work in progress of \(folder) is to be found below runs/ here",
      advice: "run the command where `regbench run` was started, or name the folder below runs/")
  }

  /// How far it is: by the work in progress, or where that is not to be found by the recorded runs.
  func status() throws -> StudyStatus {
    try runs.map { try StudyStatus($0) } ?? StudyStatus(study, ResultFolder(folder))
  }

  /// The records of its finished runs.
  func records() throws -> [RunRecord] { try ResultFolder(folder).records() }
}
