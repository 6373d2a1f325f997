import Canonical
import Durable

/// The runs that were finished since the study was begun, each on the disk before anything else
/// happens: journal.log in the runs folder. It survives the end of the program at any moment.
package final class Journal {
  /// The file's name in a runs folder.
  package static let name = "journal.log"

  /// The file.
  package let path: String
  private let log: AppendLog
  /// Up to where this object knows the file.
  private var known = 0

  /// Opens the journal of a runs folder, or begins it.
  package init(runsFolder: String) throws(FileError) {
    path = Self.path(in: runsFolder)
    log = try AppendLog(path)
  }

  /// Returns when the run is on the disk.
  package func append(_ run: FinishedRun) throws(FileError) {
    let added = try log.append(run.json.canonicalText)
    // What this object has written it need not read.
    if added.lowerBound == known { known = added.upperBound }
  }

  /// What was appended since the last call, by this and other processes, but for what this object has
  /// written itself right behind it; at first, all. Lines that are torn, damaged or of another program
  /// are as if they were not there.
  package func news() throws(FileError) -> [FinishedRun] {
    let (lines, end) = try AppendLog.lines(of: path, from: known)
    known = end
    return Self.runs(lines, path)
  }

  /// The runs that the journal of a runs folder holds, in the order of finishing.
  /// - Parameter known: ids of runs that are read from elsewhere, and left out here.
  package static func runs(
    in runsFolder: String, except known: Set<String>
  ) throws(FileError) -> [FinishedRun] {
    let path = path(in: runsFolder)
    let lines = try AppendLog.lines(of: path)
    // The whole of a line takes much longer to read than its id.
    return runs(known.isEmpty ? lines : lines.filter { !known.contains(id(in: $0) ?? "") }, path)
  }

  /// The id in a line; nil where it stands in another form, as in lines of earlier versions. Quotation
  /// marks inside texts have a backslash before them, so they cannot be taken for it.
  private static func id(in line: String) -> String? {
    let (mark, bytes) = (Array("\"id\":\"".utf8), Array(line.utf8))
    var matched = 0
    for (place, byte) in bytes.enumerated() {
      // A name in quotation marks is followed by a colon, so the mark cannot begin inside itself.
      matched = byte == mark[matched] ? matched + 1 : byte == mark[0] ? 1 : 0
      if matched == mark.count {
        let id = bytes[(place + 1)...].prefix { $0 != UInt8(ascii: "\"") }
        return String(decoding: id, as: UTF8.self)
      }
    }
    return nil
  }

  private static func runs(_ lines: [String], _ path: String) -> [FinishedRun] {
    lines.compactMap { line in
      (try? JSONParser.parse(Array(line.utf8), file: path).get()).flatMap { FinishedRun($0) }
    }
  }

  private static func path(in runsFolder: String) -> String {
    PathName.join(runsFolder, name)
  }
}
