import Canonical
import Durable
import Study

/// A folder of results: `results/<study>/<profile>`. What it holds suffices to make its tables
/// again.
package struct ResultFolder: Sendable {
  /// The folder.
  package let path: String

  /// Names a folder; touches nothing.
  package init(_ path: String) { self.path = path }

  /// Why a folder's tables cannot be made again.
  package enum Problem: ReportedError {
    /// A file cannot be read; `isMissing` tells a folder that holds no result.
    case unreadable(FileError)
    /// A file does not hold what it should.
    case damaged(Diagnostic)
    /// The recorded study is not one that this program understands.
    case invalidStudy(InvalidStudy)

    package var kind: ErrorKind {
      switch self {
      case .unreadable: .missing
      case .damaged: .corrupt
      case .invalidStudy(let invalid): invalid.kind
      }
    }

    package var isPrinted: Bool {
      switch self {
      case .unreadable: false
      case .damaged, .invalidStudy: true
      }
    }

    package var advice: String? {
      switch self {
      case .unreadable(let error) where error.isMissing:
        "a result folder is what `regbench run` writes, for example results/my-study/smoke"
      case .unreadable(let error): error.advice
      case .damaged, .invalidStudy: nil
      }
    }

    package var message: String {
      switch self {
      case .unreadable(let error): error.message
      case .damaged(let diagnostic): DiagnosticPrinter.text([diagnostic], sources: [:])
      case .invalidStudy(let invalid): invalid.text
      }
    }
  }

  /// Writes `table.csv`, `table.md` and `table.svg`, each whole or not at all.
  /// - Throws: `FileError` where they cannot be written.
  package func write(_ table: ResultTable) throws(FileError) {
    try Folder.create(path)
    try AtomicFile.write(CSVExport.text(table), to: file(Self.csvName))
    try AtomicFile.write(MarkdownRenderer.text(table), to: file(Self.markdownName))
    try AtomicFile.write(SVGRenderer.text(table), to: file(Self.pictureName))
  }

  /// The table that the folder's records make: the same as when the study was run.
  package func table() throws(Problem) -> ResultTable {
    ResultTable(study: try study(), records: try records())
  }

  /// Writes the figures below `figures/`, each whole or not at all, and removes drawings there that
  /// are no longer among them.
  /// - Throws: `FileError` where they cannot be written.
  package func write(_ figures: FigureSet) throws(FileError) {
    let folder = file(Self.figuresName)
    let present = FileContents.exists(folder) ? try Folder.entries(folder) : []
    for name in present where name.hasSuffix(".svg") {
      if !figures.figures.contains(where: { $0.fileName == name }) {
        try Folder.removeFile(PathName.join(folder, name))
      }
    }
    if figures.figures.isEmpty { return }
    try Folder.create(folder)
    for figure in figures.figures {
      try AtomicFile.write(figure.svg, to: PathName.join(folder, figure.fileName))
    }
  }

  /// The figures that the folder's records make: the same as when the study was run.
  package func figures() throws(Problem) -> FigureSet {
    let study = try study()
    if study.figures.isEmpty { return FigureSet(study: study, records: [], series: [:]) }
    return FigureSet(study: study, records: try records(), series: try series(for: study))
  }

  /// The series that a study's figures are drawn from, by name; those that nothing has recorded are
  /// absent.
  package func series(for study: StudySpec) throws(Problem) -> [String: [SeriesRun]] {
    var found: [String: [SeriesRun]] = [:]
    for name in study.figures.compactMap(\.series) where found[name] == nil {
      let path = PathName.join(Self.seriesName, SeriesCSV.fileName(name))
      guard FileContents.exists(file(path)) else { continue }
      let text = String(decoding: try read(path), as: UTF8.self)
      switch SeriesCSV.parse(text, name: name, file: file(path)) {
      case .success(let runs): found[name] = runs
      case .failure(let diagnostic): throw .damaged(diagnostic)
      }
    }
    return found
  }

  /// Everything that pages show of the folder.
  package func everything() throws(Problem) -> StudyRecords {
    let study = try study()
    let records = try records()
    let json = JSONParser.parse(try read(Self.provenanceName), file: file(Self.provenanceName))
    return StudyRecords(
      folder: path, study: study, records: records,
      table: ResultTable(study: study, records: records),
      figures: FigureSet(study: study, records: records, series: try series(for: study)),
      provenance: (try? json.get()).flatMap { Provenance($0) },
      times: StudyRecords.RunTime.parse(try optionalText(Self.timingsName)),
      commentary: Self.paragraphs(try optionalText(Self.commentaryName)))
  }

  /// The text of a file that need not be there.
  private func optionalText(_ name: String) throws(Problem) -> String {
    FileContents.exists(file(name)) ? String(decoding: try read(name), as: UTF8.self) : ""
  }

  /// Text between empty lines; headings are left out, since pages have their own.
  private static func paragraphs(_ text: String) -> [String] {
    var paragraphs: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) || line.hasPrefix("#") {
        paragraphs.append([])
      } else {
        paragraphs[paragraphs.count - 1].append(line)
      }
    }
    return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
  }

  /// Whether the folder looks like one of results.
  package var isThere: Bool { FileContents.exists(file(Self.provenanceName)) }

  /// The study as it was run.
  package func study() throws(Problem) -> StudySpec {
    switch StudySpec.restoring(try recordedStudy(), file: file(Self.provenanceName)) {
    case .success(let restored): return restored
    case .failure(let invalid): throw .invalidStudy(invalid)
    }
  }

  /// The finished runs.
  package func records() throws(Problem) -> [RunRecord] {
    let text = String(decoding: try read(Self.runsName), as: UTF8.self)
    switch RunRecord.parse(text, file: file(Self.runsName)) {
    case .success(let records): return records
    case .failure(let diagnostic): throw .damaged(diagnostic)
    }
  }

  private static let csvName = "table.csv"
  private static let markdownName = "table.md"
  private static let pictureName = "table.svg"
  private static let timingsName = "timings.csv"
  private static let commentaryName = "notes.md"
  private static let figuresName = "figures"
  private static let seriesName = "series"
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
