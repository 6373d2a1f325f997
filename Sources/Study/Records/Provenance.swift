import Canonical

/// Where the numbers of a result folder come from: provenance.json. Kept apart from the tables,
/// which are the same bytes wherever they are made.
package struct Provenance: Sendable, Equatable {
  /// One call of `run` that trained something.
  package struct Session: Sendable, Equatable {
    /// When it ended, as in `2026-11-23T04:05:06Z`.
    package var date: String
    /// The program's version and commit.
    package var build: String
    package var commandLine: [String]
    /// Runs that it trained.
    package var runs: Int
    /// The machine's name.
    package var host: String
    package var cpu: String
    /// Cores that could be used.
    package var cores: Int
    /// Main memory in megabytes.
    package var memoryMegabytes: Int
    /// Kernel and version.
    package var system: String
    /// OpenBLAS's kernel family.
    package var openBLASCore: String
    /// OpenBLAS's description of its build.
    package var openBLASConfig: String

    package init(
      date: String, build: String, commandLine: [String], runs: Int, host: String, cpu: String,
      cores: Int, memoryMegabytes: Int, system: String, openBLASCore: String,
      openBLASConfig: String
    ) {
      self.date = date
      self.build = build
      self.commandLine = commandLine
      self.runs = runs
      self.host = host
      self.cpu = cpu
      self.cores = cores
      self.memoryMegabytes = memoryMegabytes
      self.system = system
      self.openBLASCore = openBLASCore
      self.openBLASConfig = openBLASConfig
    }
  }

  /// A data set as it was found.
  package struct Data: Sendable, Equatable {
    package var name: String
    /// The digest of the decoded content.
    package var digest: String
    /// Where it came from.
    package var origin: String
    /// Whether its digests are the catalogue's.
    package var isVerified: Bool

    package init(name: String, digest: String, origin: String, isVerified: Bool) {
      self.name = name
      self.digest = digest
      self.origin = origin
      self.isVerified = isVerified
    }
  }

  /// The study's name.
  package var study: String
  /// The profile's name.
  package var profile: String
  /// The revision of the engine that wrote the folder last.
  package var engineRevision: Int
  /// The data sets.
  package var data: [Data]
  /// The calls that trained the runs, oldest first.
  package var sessions: [Session]
  /// The files of the folder that regbench has written and may replace or remove, by their paths in it;
  /// nil in folders of earlier versions.
  package var files: [String]?
  /// The study as `StudySpec.snapshot` gives it: tables are made again from it.
  package var resolved: JSONValue

  package init(
    study: String, profile: String, engineRevision: Int, data: [Data], sessions: [Session],
    files: [String]?, resolved: JSONValue
  ) {
    self.study = study
    self.profile = profile
    self.engineRevision = engineRevision
    self.data = data
    self.sessions = sessions
    self.files = files
    self.resolved = resolved
  }
}

extension Provenance {
  /// The file's contents.
  package var json: JSONValue {
    var json = JSONValue.object([
      "study": .string(study), "profile": .string(profile),
      "engineRevision": .number(engineRevision), "data": .array(data.map(\.json)),
      "sessions": .array(sessions.map(\.json)),
    ])
    if let files { json["files"] = .array(files.map { .string($0) }) }
    json["resolved"] = resolved
    json[Self.digestKey] = .string(Self.digest(of: json))
    return json
  }

  static let digestKey = "digest"

  private static func digest(of json: JSONValue) -> String {
    SHA256.hex(Array(json.canonicalText.utf8))
  }

  /// Whether the file's contents are as they were written; earlier versions wrote no digest.
  static func isAsWritten(_ json: JSONValue) -> Bool {
    guard let recorded = json[digestKey] else { return true }
    var rest = json
    rest[digestKey] = nil
    return recorded.stringValue == digest(of: rest)
  }

  /// Reads what `json` wrote; nil if anything is missing.
  package init?(_ json: JSONValue) {
    guard let study = json["study"]?.stringValue, let profile = json["profile"]?.stringValue,
      let engineRevision = json["engineRevision"]?.intValue,
      let data = json["data"]?.elements?.compactMap({ Data($0) }),
      let sessions = json["sessions"]?.elements?.compactMap({ Session($0) }),
      let resolved = json["resolved"]
    else { return nil }
    self.init(
      study: study, profile: profile, engineRevision: engineRevision, data: data,
      sessions: sessions, files: json["files"]?.elements?.compactMap(\.stringValue),
      resolved: resolved)
  }
}

extension Provenance.Session {
  var json: JSONValue {
    .object([
      "date": .string(date), "build": .string(build),
      "commandLine": .array(commandLine.map { .string($0) }), "runs": .number(runs),
      "host": .string(host), "cpu": .string(cpu), "cores": .number(cores),
      "memoryMegabytes": .number(memoryMegabytes), "system": .string(system),
      "openBLASCore": .string(openBLASCore), "openBLASConfig": .string(openBLASConfig),
    ])
  }

  init?(_ json: JSONValue) {
    guard let date = json["date"]?.stringValue, let runs = json["runs"]?.intValue else {
      return nil
    }
    func text(_ name: String) -> String { json[name]?.stringValue ?? "" }
    func number(_ name: String) -> Int { json[name]?.intValue ?? 0 }
    self.init(
      date: date, build: text("build"),
      commandLine: json["commandLine"]?.elements?.compactMap(\.stringValue) ?? [], runs: runs,
      host: text("host"), cpu: text("cpu"), cores: number("cores"),
      memoryMegabytes: number("memoryMegabytes"), system: text("system"),
      openBLASCore: text("openBLASCore"), openBLASConfig: text("openBLASConfig"))
  }
}

extension Provenance.Data {
  /// The object in the file.
  package var json: JSONValue {
    .object([
      "name": .string(name), "digest": .string(digest), "origin": .string(origin),
      "verified": .bool(isVerified),
    ])
  }

  /// Reads what `json` wrote; nil if anything is missing.
  package init?(_ json: JSONValue) {
    guard let name = json["name"]?.stringValue, let digest = json["digest"]?.stringValue,
      let origin = json["origin"]?.stringValue, let isVerified = json["verified"]?.boolValue
    else { return nil }
    self.init(name: name, digest: digest, origin: origin, isVerified: isVerified)
  }
}
