import Canonical

/// The rows of a runs.csv. The columns are those of `RunRecord`, with the axes of the study between
/// `arm` and `trial`, and a digest of the row at the end. In files of earlier versions the last
/// columns are absent.
package struct RecordedRuns: Sendable {
  /// A row that is not as it was written.
  package struct Damage: Sendable, Equatable {
    /// The run's id, as far as it can be told.
    package var id: String
    /// Where and what, with a way out.
    package var diagnostic: Diagnostic

    /// - Parameters:
    ///   - line: of the row; 1 for one that is gone.
    ///   - message: one sentence without a full stop.
    package init(of id: String, in file: String, line: Int, _ message: String) {
      self.id = id
      diagnostic = Diagnostic(
        at: SourceLocation(file: file, line: line, column: 1), message,
        advice: "`regbench run … --retrain-damaged` trains the run again")
    }
  }

  /// The sound rows, in the file's order.
  package var records: [RunRecord] = []
  /// The others, and rows that are gone.
  package var damage: [Damage] = []
}

extension RecordedRuns {
  private static let digestColumn = "digest"
  /// Columns that earlier versions lack, or have only where they are needed.
  private static let laterColumns: Set = ["measures", "arithmetic", "series", digestColumn]

  /// A whole file. The series' digests have a column where a study measures series.
  package static func csv(_ records: [RunRecord], axes: [String]) -> String {
    let hasSeries = records.contains { !$0.seriesDigest.isEmpty }
    var text = header(axes: axes, hasSeries: hasSeries)
    for record in records {
      let fields = hasSeries ? record.fields : record.fields.dropLast()
      text += CSV.row(fields + [record.rowDigest])
    }
    return text
  }

  /// The header line for a study with these axes.
  static func header(axes: [String], hasSeries: Bool) -> String {
    let columns = hasSeries ? RunRecord.columns : RunRecord.columns.dropLast()
    return CSV.row(
      columns.prefix(RunRecord.headCount) + axes + columns.dropFirst(RunRecord.headCount)
        + [digestColumn])
  }

  /// Reads a file.
  /// - Parameter file: the name that errors carry.
  package init(_ text: String, file: String) throws(Diagnostic) {
    func problem(_ line: Int, _ message: String) -> Diagnostic {
      Diagnostic(at: SourceLocation(file: file, line: line, column: 1), message)
    }
    let rows: [(line: Int, fields: [String])]
    switch CSV.parse(text) {
    case .failure(let error): throw problem(error.line, error.message)
    case .success(let parsed): rows = parsed
    }
    guard let header = rows.first?.fields, let axes = Self.axes(header) else {
      throw problem(1, "not the header of a list of runs")
    }
    let axisPlaces = RunRecord.headCount..<RunRecord.headCount + axes.count
    for row in rows.dropFirst() {
      let id = row.fields[0]
      func note(_ message: String) {
        damage.append(Damage(of: id, in: file, line: row.line, message))
      }
      guard row.fields.count == header.count else {
        note("expected \(header.count) fields, found \(row.fields.count)")
        continue
      }
      var values = Dictionary(zip(header, row.fields)) { first, _ in first }
      // An axis may be called like a column.
      for place in header.indices where !axisPlaces.contains(place) {
        values[header[place]] = row.fields[place]
      }
      let reader = FieldReader(values)
      let record = RunRecord(
        reader, axes: zip(axes, row.fields[axisPlaces]).map { AxisValue(key: $0, value: $1) })
      if let wrong = reader.problem ?? record.impossibility {
        note(wrong)
      } else if let digest = values[Self.digestColumn], digest != record.rowDigest {
        note("the row of run \(id) is not as it was written: its digest does not fit")
      } else {
        records.append(record)
      }
    }
  }

  /// The axes of a header; nil if it is not one of runs.
  private static func axes(_ header: [String]) -> [String]? {
    let columns = RunRecord.columns + [digestColumn]
    let first = columns[RunRecord.headCount]
    guard header.starts(with: columns.prefix(RunRecord.headCount)),
      let end = header.lastIndex(of: first), end >= RunRecord.headCount
    else { return nil }
    var rest = header[end...]
    for column in columns.dropFirst(RunRecord.headCount) {
      if rest.first == column {
        rest.removeFirst()
      } else if !laterColumns.contains(column) {
        return nil
      }
    }
    return rest.isEmpty ? Array(header[RunRecord.headCount..<end]) : nil
  }

  /// Notes the runs that timings.csv names and runs.csv has no row of.
  mutating func noteLost(_ timings: [RunTiming], file: String) {
    let known = Set(records.map(\.id)).union(damage.map(\.id))
    for timing in timings where !known.contains(timing.id) {
      damage.append(
        Damage(
          of: timing.id, in: file, line: 1,
          "the row of run \(timing.id), which timings.csv names, is gone"))
    }
  }
}

extension RunRecord {
  /// What no run can have, as a sentence without a full stop; nil if all is possible.
  var impossibility: String? {
    let errors: [(String, Double?)] = [
      ("test_error_last", testErrorLast),
      ("test_error_at_best_validation", testErrorAtBestValidation),
      ("best_validation_error", bestValidationError), ("best_test_error", bestTestError),
      ("validation_error_last", validationErrorLast),
    ]
    // The weights of a run that has diverged may have become no numbers.
    for case (let name, let error?) in errors
    where !(0...100).contains(error) && !(error.isNaN && diverged) {
      return "\(name) must be between 0 and 100, found \"\(error.shortestText)\""
    }
    if let loss = trainingLossLast, !loss.isFinite, !diverged {
      return "training_loss_last of a run that has not diverged is \"\(loss.shortestText)\""
    }
    for case let update? in [bestValidationUpdate, bestTestUpdate] where update > updates {
      return "an update of \(update) lies behind the last, \(updates)"
    }
    if (stage == .selection) != (trial == 0) {
      return "trial must be 0 in selection and 1 or more in final runs, found \"\(trial)\""
    }
    return nil
  }

  /// Where the record differs from what the cell with its id says, as a sentence without a full stop;
  /// nil if it agrees.
  /// - Parameters:
  ///   - cell: one of its row and stage; the trial may be another.
  ///   - trial: the trial that the id belongs to.
  package func difference(from cell: Cell, trial: Int, dataDigest: String) -> String? {
    if (stage == .final) != (cell.stage == .final) { return "its stage is another" }
    if arm != cell.arm { return "its arm is \"\(cell.arm)\", found \"\(arm)\"" }
    if self.trial != trial { return "its trial is \(trial), found \(self.trial)" }
    for axis in cell.axes {
      let found = axes.first { $0.key == axis.key }?.value ?? ""
      if found != axis.value { return "its \(axis.key) is \"\(axis.value)\", found \"\(found)\"" }
    }
    if hyperparameters != cell.hyperparameters { return "its hyper-parameters are others" }
    if self.dataDigest != dataDigest { return "its data are others" }
    return nil
  }
}
