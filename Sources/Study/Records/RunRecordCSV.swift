import Canonical

/// The columns of `runs.csv`: the axes of the study stand between `arm` and `trial`.
extension RunRecord {
  private static let head = ["id", "stage", "arm"]
  private static let tail = [
    "trial", "hyperparameters", "updates", "test_error_last", "test_error_at_best_validation",
    "best_validation_error", "best_validation_update", "best_test_error", "best_test_update",
    "validation_error_last", "training_loss_last", "diverged", "weights_sha256", "openblas_core",
    "build", "data", "verified", "measures",
  ]
  /// Only in the files of studies that measure series, so that those of others stay as they are.
  private static let seriesColumn = "series"
  /// Files of before a column was added are still read.
  private static let tails = [tail + [seriesColumn], tail, tail.dropLast()]

  /// The header line for a study with these axes.
  /// - Parameter hasSeries: whether the study measures series.
  package static func header(axes: [String], hasSeries: Bool = false) -> String {
    CSV.row(head + axes + tail + (hasSeries ? [seriesColumn] : []))
  }

  /// The record's line, with its axes in their order and without the digest of its series.
  package var csv: String { CSV.row(fields) }

  /// A whole file: header and one line for each record.
  package static func csv(_ records: [RunRecord], axes: [String]) -> String {
    guard records.contains(where: { !$0.seriesDigest.isEmpty }) else {
      return header(axes: axes) + records.map(\.csv).joined()
    }
    return header(axes: axes, hasSeries: true)
      + records.map { CSV.row($0.fields + [$0.seriesDigest]) }.joined()
  }

  /// The fields of the record's line, but for the digest of its series.
  var fields: [String] {
    let numbers = [
      String(updates), Self.text(last), Self.text(validation), Self.text(bestValidationError),
      bestValidationUpdate.map { String($0) } ?? "", Self.text(test),
      bestTestUpdate.map { String($0) } ?? "", Self.text(finalValidationError),
      Self.text(lastTrainingLoss),
    ]
    return [id, stage.rawValue, arm] + axes.map(\.value)
      + [String(trial), hyperparameters.map(\.text).joined(separator: ";")] + numbers
      + [
        diverged ? "yes" : "no", weightsHash, openBLASCore, build, dataDigest,
        isVerified ? "yes" : "no", measures.map(\.text).joined(separator: ";"),
      ]
  }

  private static func text(_ value: Double?) -> String { value?.shortestText ?? "" }

  /// The records of a `runs.csv`; `file` is the name that errors carry. A file that is not one, or a
  /// row that is not sound, is an error.
  package static func parse(_ text: String, file: String) -> Result<[RunRecord], Diagnostic> {
    func problem(_ line: Int, _ message: String) -> Diagnostic {
      Diagnostic(at: SourceLocation(file: file, line: line, column: 1), message)
    }
    let rows: [(line: Int, fields: [String])]
    switch CSV.parse(text) {
    case .failure(let error): return .failure(problem(error.line, error.message))
    case .success(let parsed): rows = parsed
    }
    guard let header = rows.first?.fields, header.starts(with: head),
      let tail = tails.first(where: {
        header.count >= head.count + $0.count && Array(header.suffix($0.count)) == $0
      })
    else { return .failure(problem(1, "not the header of a list of runs")) }
    let axes = Array(header.dropFirst(head.count).dropLast(tail.count))
    var records: [RunRecord] = []
    for row in rows.dropFirst() {
      guard row.fields.count == header.count else {
        return .failure(
          problem(row.line, "expected \(header.count) fields, found \(row.fields.count)"))
      }
      let reader = RowReader(names: header, fields: row.fields)
      let record = RunRecord(reader, axes: axes)
      if let bad = reader.problem { return .failure(problem(row.line, bad)) }
      records.append(record)
    }
    return .success(records)
  }

  private init(_ row: RowReader, axes: [String]) {
    self.init(
      id: row.text("id"), stage: row.choice("stage"), arm: row.text("arm"),
      axes: axes.map { AxisValue(key: $0, value: row.text($0)) }, trial: row.int("trial"),
      hyperparameters: row.hyperparameters("hyperparameters"), updates: row.int("updates"),
      last: row.optional("test_error_last", row.double),
      validation: row.optional("test_error_at_best_validation", row.double),
      bestValidationError: row.optional("best_validation_error", row.double),
      bestValidationUpdate: row.optional("best_validation_update", row.int),
      test: row.optional("best_test_error", row.double),
      bestTestUpdate: row.optional("best_test_update", row.int),
      finalValidationError: row.optional("validation_error_last", row.double),
      lastTrainingLoss: row.optional("training_loss_last", row.double),
      diverged: row.bool("diverged"),
      weightsHash: row.text("weights_sha256"), openBLASCore: row.text("openblas_core"),
      build: row.text("build"), dataDigest: row.text("data"), isVerified: row.bool("verified"),
      measures: row.measures("measures"), seriesDigest: row.text(Self.seriesColumn))
  }
}
