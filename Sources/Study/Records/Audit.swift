import Canonical
import Durable
import Glibc

/// Recorded runs that were trained again to see whether they come out the same bits. Kept in
/// `audits.json` beside the results.
package struct Audit: Sendable, Equatable {
  /// A run that was trained again.
  package struct Run: Sendable, Equatable {
    package var id: String
    /// What came out other than recorded; empty where every bit is the same.
    package var differences: [String]

    package init(id: String, differences: [String]) {
      self.id = id
      self.differences = differences
    }
  }

  /// When it ended, as in `2026-11-23T04:05:06Z`.
  package var date: String
  /// The program's version and commit.
  package var build: String
  /// What the sample was drawn by; nil where all runs were trained again.
  package var seed: Int?
  /// Runs that could have been drawn: those of the arithmetic in which they were trained again.
  package var comparable: Int
  /// All recorded runs.
  package var recorded: Int
  package var runs: [Run]

  package init(
    date: String, build: String, seed: Int?, comparable: Int, recorded: Int, runs: [Run]
  ) {
    self.date = date
    self.build = build
    self.seed = seed
    self.comparable = comparable
    self.recorded = recorded
    self.runs = runs
  }

  /// The probability with which an altered table would have been caught.
  package static let confidence = 0.95

  /// A random sample of runs: the same for the same seed, whatever the order of the records.
  package static func sample(_ records: [RunRecord], count: Int, seed: Int) -> [RunRecord] {
    let drawn = records.map { record in
      (SHA256.hex(Array("audit\n\(seed)\n\(record.id)".utf8)), record)
    }
    return drawn.sorted { $0.0 < $1.0 }.prefix(count).map(\.1)
  }

  /// Whether every run came out as recorded.
  package var isSame: Bool { runs.allSatisfy(\.differences.isEmpty) }

  /// The fewest altered runs of which a sample of this size holds at least one with a probability of
  /// 95 %; nil where no number of them would be caught.
  package var smallestDetected: Int? {
    guard !runs.isEmpty, comparable > 0 else { return nil }
    return (1...comparable).first { altered in
      let sound = comparable - altered
      let missed = runs.indices.reduce(1.0) {
        $0 * max(0, Double(sound - $1)) / Double(comparable - $1)
      }
      return missed <= 1 - Self.confidence + 1e-12
    }
  }

  /// What it proves, in sentences.
  package var sentence: String {
    let different = runs.count { !$0.differences.isEmpty }
    let others =
      comparable < recorded
      ? " \(recorded - comparable) more recorded \(recorded - comparable == 1 ? "run is" : "runs are") "
        + "of another arithmetic and cannot be compared bit by bit." : ""
    let which = "\(runs.count) of \(comparable) \(comparable == 1 ? "run" : "runs")"
    if different > 0 {
      return "\(which) trained again: \(different) "
        + "\(different == 1 ? "does" : "do") not come out as recorded.\(others)"
    }
    if runs.isEmpty { return "No run was trained again.\(others)" }
    if runs.count >= comparable {
      return
        "All \(comparable) \(comparable == 1 ? "run" : "runs") trained again, all equal bit by "
        + "bit: none of them was altered.\(others)"
    }
    guard let caught = smallestDetected else {
      return "\(which) trained again, all equal.\(others)"
    }
    let share = Int((100 * Double(caught) / Double(comparable)).rounded(.up))
    return "\(which), drawn at random and trained again, all equal bit by bit: a table in which "
      + "\(caught) or more of them (\(share) %) were altered would have been caught with a probability of "
      + "95 %.\(others)"
  }
}

extension Audit {
  package var json: JSONValue {
    .object([
      "date": .string(date), "build": .string(build), "seed": seed.map { .number($0) } ?? .null,
      "comparable": .number(comparable), "recorded": .number(recorded),
      "runs": .array(
        runs.map {
          .object([
            "id": .string($0.id), "differences": .array($0.differences.map { .string($0) }),
          ])
        }),
      "sentence": .string(sentence),
    ])
  }

  /// Reads what `json` wrote; nil if anything is missing.
  init?(_ json: JSONValue) {
    guard let date = json["date"]?.stringValue, let build = json["build"]?.stringValue,
      let comparable = json["comparable"]?.intValue, let recorded = json["recorded"]?.intValue,
      let elements = json["runs"]?.elements
    else { return nil }
    let runs = elements.compactMap { element -> Run? in
      guard let id = element["id"]?.stringValue, let found = element["differences"]?.elements else {
        return nil
      }
      return Run(id: id, differences: found.compactMap(\.stringValue))
    }
    guard runs.count == elements.count else { return nil }
    self.init(
      date: date, build: build, seed: json["seed"]?.intValue, comparable: comparable,
      recorded: recorded, runs: runs)
  }
}

extension ResultFolder {
  static let auditsName = "audits.json"

  /// The audits of the folder's runs, oldest first.
  package func audits() throws(Problem) -> [Audit] {
    guard let json = try optionalJSON(Self.auditsName) else { return [] }
    let audits = (json.elements ?? []).map(Audit.init)
    guard json.elements != nil, !audits.contains(nil) else {
      throw .damaged([
        Diagnostic(
          at: json.location, "\(file(Self.auditsName)) does not hold audits",
          advice: "`regbench audit` writes it; remove it if it is damaged")
      ])
    }
    return audits.compactMap { $0 }
  }

  /// Keeps an audit beside the earlier ones.
  /// - Throws: `Problem` where these cannot be read, `FileError` where it cannot be written.
  package func add(_ audit: Audit) throws {
    let all = try audits() + [audit]
    try AtomicFile.write(JSONValue.array(all.map(\.json)).prettyText, to: file(Self.auditsName))
  }
}
