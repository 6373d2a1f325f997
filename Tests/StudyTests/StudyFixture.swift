#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif
import Canonical

@testable import Study

extension StudySpec {
  /// What has to be trained, with the ids of `StudyFixture`.
  func agenda(after finished: [RunRecord] = []) -> StudyAgenda {
    StudyAgenda(self, ids: StudyFixture.ids, records: finished)
  }

  /// The cells that can start after these runs, in the order of work.
  func ready(after finished: [RunRecord] = []) -> [Cell] {
    let agenda = agenda(after: finished)
    return agenda.takeOpened().compactMap { agenda.cell($0.id) }
  }
}

extension Cell {
  /// Its run's id where neither data nor weights are known.
  var id: String { StudyFixture.ids.id(of: self) }

  /// Its run's id on data and weights of these digests.
  func id(dataDigest: String, weightsDigest: String?) -> String {
    RunIDs.id(digest: digest, dataDigest: dataDigest, weightsDigest: weightsDigest)
  }
}

/// Files of this folder and of the repository, and studies from text.
enum StudyFixture {
  /// The repository's folder.
  static let repository = folder(of: #filePath, up: 3)
  /// The folder of the test cases.
  static let cases = folder(of: #filePath, up: 1) + "/Cases"

  /// The ids of runs on data and weights of which nothing is known.
  static let ids = RunIDs(data: [:], weights: [:])

  private static func folder(of path: String, up levels: Int) -> String {
    "/" + path.split(separator: "/").dropLast(levels).joined(separator: "/")
  }

  /// A file's bytes.
  static func read(_ path: String) throws(UnreadableFile) -> [UInt8] {
    guard let file = fopen(path, "rb") else {
      throw UnreadableFile(reason: String(cString: strerror(errno)))
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes += buffer[..<count]
    }
    return bytes
  }

  /// The names of a folder's entries with this ending, sorted.
  static func names(in folder: String, ending: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(ending) { names.append(name) }
    }
    return names.sorted()
  }

  /// Loads a study from texts by file name, the first being `study.json`.
  static func load(
    _ text: String, profile: String? = nil, settings: [String] = [], only: [String] = [],
    others: [String: String] = [:]
  ) -> Result<StudySpec, InvalidStudy> {
    StudySpec.load(
      file: "study.json", profile: profile, settings: settings, only: only
    ) { (name) throws(UnreadableFile) in
      if name == "study.json" { return Array(text.utf8) }
      guard let other = others[name] else { throw UnreadableFile(reason: "no such file") }
      return Array(other.utf8)
    }
  }

  /// Loads one of the repository's configs.
  static func config(
    _ name: String, profile: String? = nil, settings: [String] = [], only: [String] = []
  ) -> Result<StudySpec, InvalidStudy> {
    StudySpec.load(
      file: repository + "/configs/" + name, profile: profile, settings: settings, only: only,
      read: read)
  }

  /// A short sound study; `changes` replace pieces of its text.
  static func small(_ changes: (String, String)...) -> String {
    changes.reduce(smallText) { text, change in
      let pieces = text.split(separator: change.0, omittingEmptySubsequences: false)
      return pieces.joined(separator: change.1)
    }
  }

  private static let smallText = """
    {
      "study": "small", "trials": 2,
      "dataset": {"name": "mnist-5k", "validation": 1000},
      "axes": {"network": ["lenet", {"name": "mlp", "hidden": [64]}], "trainSize": [300, 1000]},
      "training": {"batch": 50, "iterations": 40, "optimizer": {"momentum": 0.9},
                   "learningRate": {"base": 0.01}},
      "arms": [
        {"name": "std-BP"},
        {"name": "Dropout", "regularizers": [{"name": "dropout", "drop": {"select": [0.2, 0.5]}}]},
        {"name": "Shakeout", "regularizers": [{"name": "shakeout",
          "drop": {"select": [0, -0.3], "relativeTo": "Dropout.drop"}, "c": "1/sqrt(n)"}]}
      ],
      "profiles": {"tiny": {"trials": 1, "training": {"iterations": 4}}}
    }
    """
}
