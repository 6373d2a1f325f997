import Canonical
import Durable
import Study

/// The records of a study in its result folder: runs.csv, series/, timings.csv and provenance.json.
package struct RecordFolder: Sendable {
  /// The folder.
  package let path: String

  /// The records in a folder, which need not exist.
  package init(_ path: String) { self.path = path }

  /// The rows of runs.csv; none if there is no such file.
  /// - Throws: `RunnerError.damagedRecord`, `FileError`.
  package func records() throws -> [RunRecord] {
    guard let text = try contents("runs.csv") else { return [] }
    switch RunRecord.parse(text, file: file("runs.csv")) {
    case .success(let records): return records
    case .failure(let problem):
      throw RunnerError.damagedRecord(
        path: "\(file("runs.csv")):\(problem.location.line)", reason: problem.message)
    }
  }

  /// What is known of where the records come from; nil if nothing is.
  package func provenance() throws -> Provenance? {
    guard let text = try contents("provenance.json"),
      case .success(let json) = JSONParser.parse(
        Array(text.utf8), file: file("provenance.json"))
    else { return nil }
    return Provenance(json)
  }

  /// What runs took; rows that are not understood are left out, since no result depends on them.
  func timings() throws -> [RunTiming] {
    guard let text = try contents("timings.csv"), case .success(let rows) = CSV.parse(text)
    else { return [] }
    return rows.dropFirst().compactMap { RunTiming(fields: $0.fields) }
  }

  /// Runs with what they took, as far as it is known, and with their series. Runs whose series are not
  /// those that runs.csv tells of are left out.
  func entries() throws -> [Journal.Entry] {
    let records = try records()
    let timings = Dictionary(try timings().map { ($0.id, $0) }) { first, _ in first }
    // What nobody measured is not looked for.
    let series =
      records.contains { !$0.seriesDigest.isEmpty } ? try SeriesFolder(in: path).read() : [:]
    return records.compactMap { record in
      let own = series[record.id] ?? []
      guard Series.digest(own) == record.seriesDigest else { return nil }
      let unknown = CellCost(seconds: 0, imagesPerSecond: 0, peakMegabytes: 0, threads: 1)
      return Journal.Entry(
        record: record,
        timing: timings[record.id]
          ?? RunTiming(id: record.id, date: "", host: "", cpu: "", cost: unknown), series: own)
    }
  }

  /// Writes all files; one whose contents would not change is left alone.
  func write(_ entries: [Journal.Entry], axes: [String], _ provenance: Provenance) throws {
    try Folder.create(path)
    try SeriesFolder(in: path).write(entries, axes: axes)
    try write(RunRecord.csv(entries.map(\.record), axes: axes), "runs.csv")
    let rows = entries.map { CSV.row($0.timing.fields) }
    try write(CSV.row(RunTiming.columns) + rows.joined(), "timings.csv")
    try write(provenance.json.prettyText, "provenance.json")
  }

  private func write(_ text: String, _ name: String) throws {
    if let present = try? contents(name), present == text { return }
    try AtomicFile.write(text, to: file(name))
  }

  private func contents(_ name: String) throws -> String? {
    guard FileContents.exists(file(name)) else { return nil }
    let bytes = try FileContents.read(file(name))
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RunnerError.damagedRecord(path: file(name), reason: "it is not a text in UTF-8")
    }
    return text
  }

  private func file(_ name: String) -> String { PathName.join(path, name) }
}
