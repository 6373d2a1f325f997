import Canonical
import Durable

/// The runs that were finished since the study was begun, each on the disk before anything else
/// happens: journal.log in the runs folder. It survives the end of the program at any moment.
package final class Journal {
  private let path: String
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
  package static func runs(in runsFolder: String) throws(FileError) -> [FinishedRun] {
    let path = path(in: runsFolder)
    return runs(try AppendLog.lines(of: path), path)
  }

  private static func runs(_ lines: [String], _ path: String) -> [FinishedRun] {
    lines.compactMap { line in
      (try? JSONParser.parse(Array(line.utf8), file: path).get()).flatMap { FinishedRun($0) }
    }
  }

  private static func path(in runsFolder: String) -> String {
    PathName.join(runsFolder, "journal.log")
  }
}
