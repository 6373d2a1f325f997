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
    for update in updates().dropFirst(Self.kept) { try Folder.removeFile(file(update)) }
  }

  /// Fills `state` from the newest whole checkpoint; nil, and nothing touched, if there is none.
  /// Damaged ones are removed, so that they do not count among those kept.
  func resume(into state: TaskState) -> TrainingProgress? {
    for update in updates() {
      if let progress = CheckpointFile.load(file(update), run: run, into: state) {
        return progress
      }
      try? Folder.removeFile(file(update))
    }
    return nil
  }

  /// Removes all checkpoints.
  func clear() throws(FileError) {
    for update in updates() { try Folder.removeFile(file(update)) }
  }

  private func file(_ update: Int) -> String { PathName.join(path, "\(Self.prefix)\(update)") }

  /// The updates of the checkpoints that are there, whole or not, newest first.
  private func updates() -> [Int] {
    let names = (try? Folder.entries(path)) ?? []
    return names.compactMap { name in
      name.hasPrefix(Self.prefix) ? Int(name.dropFirst(Self.prefix.count)) : nil
    }.sorted(by: >)
  }
}
