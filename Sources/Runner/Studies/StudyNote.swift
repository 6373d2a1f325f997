import Canonical
import Durable
import Study

/// What a runs folder says about the study that is trained in it: study.json. Tables do not need
/// it; people who look at a running study do.
package struct StudyNote: Equatable, Sendable {
  /// Where the result goes.
  package var outFolder: String
  /// The study as `StudySpec.snapshot` gives it.
  package var study: JSONValue
  /// What ids of runs are made with. The files of initial weights are not among it in notes of
  /// earlier versions.
  package var ids: RunIDs
  /// The command that started it last.
  package var commandLine: [String]
  /// When that was, as in `2026-11-23T04:05:06Z`.
  package var started: String
  /// Runs that were missing then, at most.
  package var missing: Int
  /// How long they were thought to take, in seconds.
  package var estimatedSeconds: Double

  static let name = "study.json"

  /// Puts the note into a runs folder.
  func write(to runsFolder: String) throws(FileError) {
    let json = JSONValue.object([
      "out": .string(outFolder), "command": .array(commandLine.map { .string($0) }),
      "started": .string(started), "missing": .number(missing),
      "estimatedSeconds": .exact(estimatedSeconds),
      "data": .object(ids.data.keys.sorted().map { .init($0, ids.data[$0]?.json ?? .null) }),
      "weights": .object(
        ids.weights.keys.sorted().map { .init($0, .string(ids.weights[$0] ?? "")) }),
      "study": study,
    ])
    try AtomicFile.write(json.prettyText, to: PathName.join(runsFolder, Self.name))
  }

  /// The note in a runs folder; nil if there is none.
  package init?(in runsFolder: String) {
    let path = PathName.join(runsFolder, Self.name)
    guard let bytes = try? FileContents.read(path),
      case .success(let json) = JSONParser.parse(bytes, file: path),
      let out = json["out"]?.stringValue, let study = json["study"],
      let started = json["started"]?.stringValue, let missing = json["missing"]?.intValue,
      let seconds = json["estimatedSeconds"]?.exactDouble
    else { return nil }
    let data = (json["data"]?.members ?? []).compactMap { member in
      Provenance.Data(member.value).map { (member.name, $0) }
    }
    let weights = (json["weights"]?.members ?? []).compactMap { member in
      member.value.stringValue.map { (member.name, $0) }
    }
    self.init(
      outFolder: out, study: study,
      ids: RunIDs(
        data: Dictionary(data) { first, _ in first },
        weights: Dictionary(weights) { first, _ in first }),
      commandLine: json["command"]?.elements?.compactMap(\.stringValue) ?? [], started: started,
      missing: missing, estimatedSeconds: seconds)
  }

  init(
    outFolder: String, study: JSONValue, ids: RunIDs, commandLine: [String], started: String,
    missing: Int, estimatedSeconds: Double
  ) {
    self.outFolder = outFolder
    self.study = study
    self.ids = ids
    self.commandLine = commandLine
    self.started = started
    self.missing = missing
    self.estimatedSeconds = estimatedSeconds
  }
}
