import Durable
import Study

/// The folder `series` of a result folder: one file for each name, with the rows of all runs.
struct SeriesFolder {
  let path: String

  /// The folder in a result folder; it need not exist.
  init(in resultFolder: String) { path = PathName.join(resultFolder, "series") }

  /// The series of every run by its id.
  /// - Throws: `RunnerError.damagedRecord` for a file that is not one of series, `FileError`.
  func read() throws -> [String: [Series]] {
    var found: [String: [Series]] = [:]
    for name in try names() {
      let file = file(name)
      guard let text = String(validating: try FileContents.read(file), as: UTF8.self) else {
        throw RunnerError.damagedRecord(path: file, reason: "it is not a text in UTF-8")
      }
      switch SeriesCSV.parse(text, name: name, file: file) {
      case .success(let runs):
        for run in runs { found[run.id, default: []].append(run.series) }
      case .failure(let problem):
        throw RunnerError.damagedRecord(
          path: "\(file):\(problem.location.line)", reason: problem.message)
      }
    }
    return found
  }

  /// Writes one file for each name that the runs have, in the order of the runs; files whose contents
  /// would not change are left alone, and those of names that no run has are removed.
  func write(_ entries: [Journal.Entry], axes: [String]) throws {
    var files: [String: [SeriesRun]] = [:]
    for entry in entries {
      for series in entry.series {
        files[series.name, default: []].append(SeriesRun(entry.record, series))
      }
    }
    if !files.isEmpty { try Folder.create(path) }
    for name in files.keys.sorted() {
      let text = SeriesCSV.text(name, files[name] ?? [], axes: axes)
      let bytes = Array(text.utf8)
      if let present = try? FileContents.read(file(name)), present == bytes { continue }
      try AtomicFile.write(text, to: file(name))
    }
    for name in try names() where files[name] == nil { try Folder.removeFile(file(name)) }
  }

  private func names() throws -> [String] {
    guard FileContents.exists(path) else { return [] }
    return try Folder.entries(path).compactMap { SeriesCSV.series(inFile: $0) }.sorted()
  }

  private func file(_ name: String) -> String {
    PathName.join(path, SeriesCSV.fileName(name))
  }
}
