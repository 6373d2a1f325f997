import Study

/// Trains what is missing of a study, in worker processes, and writes its records.
///
///     let folders = StudyFolders(study)
///     let options = RunOptions(outFolder: folders.result, runsFolder: folders.runs)
///     let summary = try StudyRunner(study, options, observer: display).run()
public final class StudyRunner {
  /// The study.
  public let study: StudySpec
  /// How it is run.
  public let options: RunOptions
  let observer: any RunObserver

  /// Prepares nothing yet.
  public init(_ study: StudySpec, _ options: RunOptions, observer: any RunObserver) {
    self.study = study
    self.options = options
    self.observer = observer
  }

  /// Trains what is missing. Call it on a thread that lives as long as the process: workers end
  /// with the thread that started them.
  /// - Returns: how it ended; failed cells and interruption are no errors.
  /// - Throws: `DatasetError` where data are missing or damaged, `FileError` where records cannot
  ///   be kept, `RunnerError` for the rest.
  public func run() throws -> RunSummary {
    throw RunnerError.impossibleCell(reason: "skeleton")
  }
}
