import Canonical
import Durable

/// A folder of results: `results/<study>/<profile>`. What it holds suffices to make its tables again:
/// `runs.csv`, `series/`, `timings.csv` and `provenance.json`; tables and figures lie beside them.
package struct ResultFolder: Sendable {
  /// The folder.
  package let path: String

  /// Touches nothing.
  package init(_ path: String) { self.path = path }

  /// Why a folder cannot be used.
  package enum Problem: ReportedError {
    /// A file cannot be read; `isMissing` tells a folder that holds no result.
    case unreadable(FileError)
    /// A file does not hold what it should.
    case damaged([Diagnostic])
    /// The recorded study is not one that this program understands.
    case invalidStudy(InvalidStudy)
    /// A file stands where a result would, and regbench has not written it.
    case occupied(path: String)

    package var kind: ErrorKind {
      switch self {
      case .unreadable: .missing
      case .damaged: .corrupt
      case .invalidStudy(let invalid): invalid.kind
      case .occupied: .unwritable
      }
    }

    package var isPrinted: Bool {
      switch self {
      case .unreadable, .occupied: false
      case .damaged, .invalidStudy: true
      }
    }

    package var advice: String? {
      switch self {
      case .unreadable(let error) where error.isMissing:
        "a result folder is what `regbench run` writes, for example results/my-study/smoke"
      case .unreadable(let error): error.advice
      case .damaged, .invalidStudy: nil
      case .occupied: "move it, or name another folder with --out"
      }
    }

    package var message: String {
      switch self {
      case .unreadable(let error): error.message
      case .damaged(let diagnostics): DiagnosticPrinter.text(diagnostics, sources: [:])
      case .invalidStudy(let invalid): invalid.text
      case .occupied(let path):
        "\(path) is in the way: regbench would write its own there and has not written this one"
      }
    }
  }

  static let runsName = "runs.csv"
  static let timingsName = "timings.csv"
  static let provenanceName = "provenance.json"
  static let commentaryName = "notes.md"
  static let seriesPrefix = "series/"
  package static let figuresPrefix = "figures/"
  package static let tableNames = ["table.csv", "table.md", "table.svg"]

  package func file(_ name: String) -> String { PathName.join(path, name) }

  // MARK: - Reading

  /// Whether the folder looks like one of results.
  package var isThere: Bool { FileContents.exists(file(Self.provenanceName)) }

  /// The study as it was run.
  package func study() throws(Problem) -> StudySpec {
    let name = file(Self.provenanceName)
    let provenance = try json(try needed(Self.provenanceName))
    guard let study = provenance["resolved"] else {
      throw .damaged([Diagnostic(at: provenance.location, "missing key \"resolved\"")])
    }
    switch StudySpec.restoring(study, file: name) {
    case .success(let restored): return restored
    case .failure(let invalid): throw .invalidStudy(invalid)
    }
  }

  /// What is known of where the records come from; nil if nothing is.
  package func provenance() throws(Problem) -> Provenance? {
    guard let text = try text(Self.provenanceName) else { return nil }
    let json = try json(text)
    guard let provenance = Provenance(json) else {
      throw .damaged([
        Diagnostic(
          at: json.location, "a key is missing or has another type",
          advice: "restore it from a copy, or take it away: `regbench run` writes it anew")
      ])
    }
    return provenance
  }

  /// A file as JSON; nil if there is none.
  func optionalJSON(_ name: String) throws(Problem) -> JSONValue? {
    guard let text = try text(name) else { return nil }
    switch JSONParser.parse(Array(text.utf8), file: file(name)) {
    case .success(let json): return json
    case .failure(let diagnostic): throw .damaged([diagnostic])
    }
  }

  /// The contents of provenance.json.
  private func json(_ text: String) throws(Problem) -> JSONValue {
    let json: JSONValue
    switch JSONParser.parse(Array(text.utf8), file: file(Self.provenanceName)) {
    case .success(let value): json = value
    case .failure(let diagnostic): throw .damaged([diagnostic])
    }
    guard Provenance.isAsWritten(json) else {
      throw .damaged([
        Diagnostic(
          at: json.location,
          "the contents are not those that were written: their digest is another",
          advice: "restore it from a copy; to have it count as it is, take its key "
            + "\"\(Provenance.digestKey)\" out")
      ])
    }
    return json
  }

  /// The rows of runs.csv, sound and damaged; nil if there is no such file.
  package func runs() throws(Problem) -> RecordedRuns? {
    // In this order: a run that is being recorded meanwhile must not look lost.
    let timings = try timings()
    guard let text = try text(Self.runsName) else { return nil }
    do throws(Diagnostic) {
      var runs = try RecordedRuns(text, file: file(Self.runsName))
      runs.noteLost(timings, file: file(Self.runsName))
      return runs
    } catch {
      throw .damaged([error])
    }
  }

  /// The finished runs.
  /// - Throws: `Problem`, also where a single row is not as it was written.
  package func records() throws(Problem) -> [RunRecord] {
    guard let runs = try runs() else {
      _ = try needed(Self.runsName)
      return []
    }
    guard runs.damage.isEmpty else { throw .damaged(runs.damage.map(\.diagnostic)) }
    return runs.records
  }

  /// What runs took.
  package func timings() throws(Problem) -> [RunTiming] {
    RunTiming.parse(try text(Self.timingsName) ?? "")
  }

  /// The series by their names, of runs that need not be this study's; those of which the digest in
  /// runs.csv does not fit are damage.
  package func series(of records: [RunRecord]) throws(Problem) -> [String: [SeriesRun]] {
    let all = try series()
    let byRun = Self.byRun(all)
    for record in records where Series.digest(byRun[record.id] ?? []) != record.seriesDigest {
      throw .damaged([
        Diagnostic(
          at: SourceLocation(file: file(Self.runsName), line: 1, column: 1),
          "the series of run \(record.id) below \(file(Self.seriesPrefix)) are not those that "
            + "\(Self.runsName) tells of",
          advice: "`regbench run …` trains the run again")
      ])
    }
    return all
  }

  private func series() throws(Problem) -> [String: [SeriesRun]] {
    var found: [String: [SeriesRun]] = [:]
    for name in try seriesFiles() {
      guard let series = SeriesCSV.series(inFile: name),
        let text = try text(Self.seriesPrefix + name)
      else { continue }
      switch SeriesCSV.parse(text, name: series, file: file(Self.seriesPrefix + name)) {
      case .success(let runs): found[series] = runs
      case .failure(let diagnostic): throw .damaged([diagnostic])
      }
    }
    return found
  }

  /// The files below `series/` that are regbench's.
  private func seriesFiles() throws(Problem) -> [String] {
    guard FileContents.exists(file(Self.seriesPrefix)) else { return [] }
    let names: [String]
    do { names = try Folder.entries(file(Self.seriesPrefix)) } catch { throw .unreadable(error) }
    let own = try provenance()?.files.map(Set.init)
    return names.filter { name in
      SeriesCSV.series(inFile: name) != nil && own?.contains(Self.seriesPrefix + name) ?? true
    }.sorted()
  }

  private static func byRun(_ series: [String: [SeriesRun]]) -> [String: [Series]] {
    var byRun: [String: [Series]] = [:]
    for name in series.keys.sorted() {
      for run in series[name] ?? [] { byRun[run.id, default: []].append(run.series) }
    }
    return byRun
  }

  /// The sound runs with what they took, as far as it is known, and with their series, and the runs of
  /// which the series are not those that runs.csv tells of.
  package func finishedRuns() throws(Problem) -> (
    runs: [FinishedRun], incomplete: [String], damage: [RecordedRuns.Damage]
  ) {
    guard let recorded = try runs() else { return ([], [], []) }
    let timings = Dictionary(try timings().map { ($0.id, $0) }) { first, _ in first }
    // What nobody measured is not looked for.
    let isMeasured = recorded.records.contains { !$0.seriesDigest.isEmpty }
    let series = isMeasured ? Self.byRun(try series()) : [:]
    var incomplete: [String] = []
    let runs = recorded.records.compactMap { record -> FinishedRun? in
      let own = series[record.id] ?? []
      guard Series.digest(own) == record.seriesDigest else {
        incomplete.append(record.id)
        return nil
      }
      return FinishedRun(
        record: record, timing: timings[record.id] ?? .unknown(record.id), series: own)
    }
    return (runs, incomplete, recorded.damage)
  }

  /// What the person who ran the study writes about it; empty if nothing.
  package func commentary() throws(Problem) -> String { try text(Self.commentaryName) ?? "" }

  /// The text of a file; nil if there is none.
  private func text(_ name: String) throws(Problem) -> String? {
    FileContents.exists(file(name)) ? try needed(name) : nil
  }

  private func needed(_ name: String) throws(Problem) -> String {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileContents.read(file(name)) } catch {
      throw .unreadable(error)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .damaged([
        Diagnostic(
          at: SourceLocation(file: file(name), line: 1, column: 1), "not a text in UTF-8")
      ])
    }
    return text
  }
}
