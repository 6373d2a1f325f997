import Canonical
import Durable
import Study

/// A folder of results: `results/<study>/<profile>`. What it holds suffices to make its tables
/// again.
public struct ResultFolder: Sendable {
  /// The folder.
  public let path: String

  /// Names a folder; touches nothing.
  public init(_ path: String) { self.path = path }

  /// Why a folder's tables cannot be made again.
  public enum Problem: Error, Sendable {
    /// A file cannot be read; `isMissing` tells a folder that holds no result.
    case unreadable(FileError)
    /// A file does not hold what it should.
    case damaged(Diagnostic)
    /// The recorded study is not one that this program understands.
    case invalidStudy(InvalidStudy)

    /// The problem in a sentence or more.
    public var message: String {
      switch self {
      case .unreadable(let error): error.message
      case .damaged(let diagnostic): DiagnosticPrinter.text([diagnostic], sources: [:])
      case .invalidStudy(let invalid): invalid.text
      }
    }
  }

  /// Writes `table.csv` and `table.md`, each whole or not at all.
  /// - Throws: `FileError` where they cannot be written.
  public func write(_ table: ResultTable) throws(FileError) {
    try Folder.create(path)
    try AtomicFile.write(CSVExport.text(table), to: file(Self.csvName))
    try AtomicFile.write(MarkdownExport.text(table), to: file(Self.markdownName))
  }

  /// The table that the folder's records make: the same as when the study was run.
  public func table() throws(Problem) -> ResultTable {
    ResultTable(study: try study(), records: try records())
  }

  /// The study as it was run.
  public func study() throws(Problem) -> StudySpec {
    switch StudySpec.restoring(try recordedStudy(), file: file(Self.provenanceName)) {
    case .success(let restored): return restored
    case .failure(let invalid): throw .invalidStudy(invalid)
    }
  }

  /// The finished runs.
  public func records() throws(Problem) -> [RunRecord] {
    let text = String(decoding: try read(Self.runsName), as: UTF8.self)
    switch RunRecord.parse(text, file: file(Self.runsName)) {
    case .success(let records): return records
    case .failure(let diagnostic): throw .damaged(diagnostic)
    }
  }

  private static let csvName = "table.csv"
  private static let markdownName = "table.md"
  private static let runsName = "runs.csv"
  private static let provenanceName = "provenance.json"

  private func file(_ name: String) -> String { PathName.join(path, name) }

  private func read(_ name: String) throws(Problem) -> [UInt8] {
    do {
      return try FileContents.read(file(name))
    } catch {
      throw .unreadable(error)
    }
  }

  private func recordedStudy() throws(Problem) -> JSONValue {
    let name = file(Self.provenanceName)
    switch JSONParser.parse(try read(Self.provenanceName), file: name) {
    case .failure(let diagnostic): throw .damaged(diagnostic)
    case .success(let provenance):
      guard let study = provenance["resolved"] else {
        throw .damaged(Diagnostic(at: provenance.location, "missing key \"resolved\""))
      }
      return study
    }
  }
}
