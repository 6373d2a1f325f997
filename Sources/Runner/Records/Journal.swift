import Canonical
import Durable
import Study

/// The runs that were finished since the study was begun, each on the disk before anything else
/// happens: journal.log in the runs folder. It survives the end of the program at any moment.
struct Journal {
  /// A finished run.
  struct Entry {
    /// What goes into tables.
    var record: RunRecord
    /// What it took.
    var timing: RunTiming
    /// What goes into the files below `series/`.
    var series: [Series] = []
  }

  /// The file.
  let path: String
  private let log: AppendLog

  /// Opens the journal of a runs folder, or begins it.
  init(runsFolder: String) throws(FileError) {
    path = Self.path(in: runsFolder)
    log = try AppendLog(path)
  }

  /// Returns when the entry is on the disk.
  func append(_ entry: Entry) throws(FileError) {
    var line = JSONValue.object([
      "record": .string(
        RunRecord.csv([entry.record], axes: entry.record.axes.map(\.key))),
      "timing": .array(entry.timing.fields.map { .string($0) }),
    ])
    if !entry.series.isEmpty { line["series"] = .array(entry.series.map(\.json)) }
    try log.append(line.canonicalText)
  }

  /// All entries in the order of finishing; lines that are torn, damaged or of another version of
  /// the program are as if they were not there.
  func entries() throws(FileError) -> [Entry] {
    Self.entries(try AppendLog.lines(of: path), path: path)
  }

  /// The entries behind `offset`, which is 0 or what an earlier call has moved on: what this and
  /// other processes have appended meanwhile.
  func entries(from offset: inout Int) throws(FileError) -> [Entry] {
    let (lines, end) = try AppendLog.lines(of: path, from: offset)
    offset = end
    return Self.entries(lines, path: path)
  }

  /// The entries that a journal's lines hold.
  static func entries(_ lines: [String], path: String) -> [Entry] {
    lines.compactMap { line in
      guard case .success(let json) = JSONParser.parse(Array(line.utf8), file: path),
        let text = json["record"]?.stringValue,
        let record = try? RunRecord.parse(text, file: path).get().first,
        let fields = json["timing"]?.elements?.compactMap(\.stringValue),
        let timing = RunTiming(fields: fields)
      else { return nil }
      let series = (json["series"]?.elements ?? []).compactMap { Series($0) }
      guard Series.digest(series) == record.seriesDigest else { return nil }
      return Entry(record: record, timing: timing, series: series)
    }
  }

  /// Where the journal of a runs folder lies.
  static func path(in runsFolder: String) -> String {
    PathName.join(runsFolder, "journal.log")
  }
}
