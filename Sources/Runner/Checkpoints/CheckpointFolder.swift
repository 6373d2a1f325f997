import Durable

/// The checkpoints of one run: the two newest are kept, so that there is always a whole one.
struct CheckpointFolder {
  /// The run's folder.
  let path: String
  /// Names the run and the kernels; checkpoints of others are not read.
  let run: String

  private static let prefix = "checkpoint-"
  private static let kept = 2

  /// Writes a checkpoint and removes those before the last two.
  func save(_ progress: TrainingProgress, _ state: TaskState) throws {
    try CheckpointFile.write(file(progress.update), run: run, progress, state)
    for update in try updates().dropFirst(Self.kept) { try Folder.removeFile(file(update)) }
  }

  /// Fills `state` from the newest whole checkpoint; nil, and nothing touched, if there is none.
  /// Damaged ones are removed, so that they do not count among those kept.
  /// - Throws: `FileError` where one cannot be read: it may be whole, and stays.
  func resume(into state: TaskState) throws(FileError) -> TrainingProgress? {
    for update in try updates() {
      if let progress = try CheckpointFile.load(file(update), run: run, into: state) {
        return progress
      }
      try? Folder.removeFile(file(update))
    }
    return nil
  }

  /// Removes all checkpoints.
  func clear() throws(FileError) {
    for update in try updates() { try Folder.removeFile(file(update)) }
  }

  private func file(_ update: Int) -> String { PathName.join(path, "\(Self.prefix)\(update)") }

  /// The updates of the checkpoints that are there, whole or not, newest first; none where there is
  /// no folder.
  private func updates() throws(FileError) -> [Int] {
    let names: [String]
    do throws(FileError) { names = try Folder.entries(path) } catch {
      if error.isMissing { return [] }
      throw error
    }
    return names.compactMap { name in
      name.hasPrefix(Self.prefix) ? Int(name.dropFirst(Self.prefix.count)) : nil
    }.sorted(by: >)
  }
}
