import Canonical
import Testing

@testable import Study

@Suite struct RunRecordCSVTests {
  static let example = RunRecord(
    id: "0123456789abcdef", stage: .final, arm: "Shakeout",
    axes: [AxisValue(key: "network", value: "lenet"), AxisValue(key: "trainSize", value: "500")],
    trial: 2,
    hyperparameters: [
      Hyperparameter(name: "drop", value: 0.4), Hyperparameter(name: "c", value: 1 / 3),
    ],
    updates: 10_000, testErrorLast: 4.83, testErrorAtBestValidation: 4.9, bestValidationError: 4.71,
    bestValidationUpdate: 8500, bestTestError: 4.6, bestTestUpdate: 500, validationErrorLast: 4.8,
    trainingLossLast: 0.0123, diverged: false, weightsDigest: "ab12", openBLASCore: "Haswell",
    build: "1a2b3c4", dataDigest: "ff00", isVerified: true,
    arithmetic: Arithmetic(revision: 2, core: "Haswell"), measures: [], seriesDigest: "")

  private func roundTrip(_ records: [RunRecord], axes: [String]) throws -> [RunRecord] {
    let runs = try RecordedRuns(RecordedRuns.csv(records, axes: axes), file: "runs.csv")
    #expect(runs.damage.isEmpty)
    return runs.records
  }

  @Test func `a row reads back to the same record`() throws {
    let axes = ["network", "trainSize"]
    #expect(try roundTrip([Self.example], axes: axes) == [Self.example])
    #expect(try roundTrip([], axes: axes).isEmpty)
    let read = try #require(try roundTrip([Self.example], axes: axes).first)
    #expect(read.hyperparameters[1].value == 1.0 / 3)
    #expect(read.bestValidationUpdate == 8500 && read.testErrorLast == 4.83)
  }

  @Test func `absent, infinite and not-a-number values read back`() throws {
    var record = Self.example
    record.testErrorAtBestValidation = nil
    record.bestValidationError = nil
    record.bestValidationUpdate = nil
    record.validationErrorLast = .nan
    record.trainingLossLast = .infinity
    record.testErrorLast = .nan
    record.diverged = true
    record.isVerified = false
    record.hyperparameters = []
    record.axes = []
    record.stage = .selection
    record.trial = 0
    let read = try #require(try roundTrip([record], axes: []).first)
    #expect(read == record)
    #expect(read.validationErrorLast?.isNaN == true && read.trainingLossLast == .infinity)
    #expect(
      read.testErrorAtBestValidation == nil
        && SelectionCriterion.validation.error(of: read) == .infinity)
  }

  @Test func `a run that classifies nothing has no errors`() throws {
    var record = Self.example
    (record.testErrorLast, record.bestTestError, record.bestTestUpdate) = (nil, nil, nil)
    record.trainingLossLast = nil
    record.measures = [Measure(name: "rmse", value: 1.25)]
    let read = try #require(try roundTrip([record], axes: ["network", "trainSize"]).first)
    #expect(read == record)
    #expect(read.testErrorLast == nil && read.bestTestError == nil && read.trainingLossLast == nil)
  }

  @Test func `names with commas, quotes and line breaks read back`() throws {
    var record = Self.example
    record.arm = "L1, \"ours\"\nsparse"
    record.axes = [AxisValue(key: "network", value: "mlp(hidden=[100,50];activation=\"relu\")")]
    record.build = "é – dirty"
    #expect(
      try roundTrip([record, Self.example.withAxes(record.axes)], axes: ["network"])[0] == record)
  }

  @Test func `the header of runs.csv has the documented columns`() {
    #expect(
      RecordedRuns.header(axes: ["network", "trainSize"], hasSeries: false)
        == "id,stage,arm,network,trainSize,trial,hyperparameters,updates,test_error_last,"
        + "test_error_at_best_validation,best_validation_error,best_validation_update,"
        + "best_test_error,best_test_update,validation_error_last,training_loss_last,diverged,"
        + "weights_sha256,openblas_core,build,data,verified,measures,arithmetic,digest\n")
    #expect(
      RecordedRuns.csv([Self.example], axes: ["network", "trainSize"]).split(separator: "\n")[1]
        == "0123456789abcdef,final,Shakeout,lenet,500,2,drop=0.4;c=0.3333333333333333,10000,4.83,"
        + "4.9,4.71,8500,4.6,500,4.8,0.0123,no,ab12,Haswell,1a2b3c4,ff00,yes,,Haswell 2,"
        + Self.example.rowDigest)
  }

  /// A file of before rows had digests.
  private static let older = """
    id,stage,arm,trial,hyperparameters,updates,test_error_last,test_error_at_best_validation,\
    best_validation_error,best_validation_update,best_test_error,best_test_update,\
    validation_error_last,training_loss_last,diverged,weights_sha256,openblas_core,build,data,\
    verified,measures
    0123456789abcdef,final,Shakeout,2,drop=0.4;c=0.3333333333333333,10000,4.83,4.9,4.71,8500,4.6,500,\
    4.8,0.0123,no,ab12,Haswell,1a2b3c4,ff00,yes,

    """

  @Test func `files of earlier versions are read`() throws {
    let records = try RecordedRuns(Self.older, file: "runs.csv").records
    #expect(records == [Self.example.withAxes([])])
    #expect(records.first?.arithmetic == Arithmetic(revision: 2, core: "Haswell"))
  }

  @Test func `a file that is no runs.csv is an error with a line number`() {
    func message(_ text: String) -> String? {
      do throws(Diagnostic) {
        _ = try RecordedRuns(text, file: "runs.csv")
        return nil
      } catch {
        return "\(error.location.line): \(error.message)"
      }
    }
    #expect(message("") == "1: not the header of a list of runs")
    #expect(message("a,b\n1,2\n") == "1: not the header of a list of runs")
    #expect(message(Self.older + "\"abc") == "3: a quote that is never closed")
  }

  @Test func `an edited row is named, and the other rows are read`() throws {
    let records = [Self.example.withAxes([]), Self.example.withAxes([]).with(id: "11")]
    let text = RecordedRuns.csv(records, axes: [])
    for (old, new) in [
      ("4.83", "4.82"), ("Shakeout", "Dropout"), ("10000", "10001"), ("ff00", "ff01"),
      ("Haswell 2", "Haswell 3"),
    ] {
      let place = try #require(text.ranges(of: old).first)
      let runs = try RecordedRuns(
        text[..<place.lowerBound] + new + text[place.upperBound...], file: "runs.csv")
      #expect(runs.records.map(\.id) == ["11"])
      #expect(runs.damage.map(\.id) == ["0123456789abcdef"])
      #expect(runs.damage.first?.diagnostic.location.line == 2)
    }
  }

  @Test(arguments: [
    ("10000", "many", "updates must be a whole number, found \"many\""),
    ("final", "finale", "stage must be selection or final, found \"finale\""),
    (
      "drop=0.4", "drop",
      "hyperparameters must be name=value;…, found \"drop;c=0.3333333333333333\""
    ),
    ("4.83", "-5", "test_error_last must be between 0 and 100, found \"-5\""),
    ("4.83", "1e400", "test_error_last must be between 0 and 100, found \"inf\""),
    ("4.83", "nan", "test_error_last must be between 0 and 100, found \"nan\""),
    ("0.0123", "inf", "training_loss_last of a run that has not diverged is \"inf\""),
    ("8500", "10001", "an update of 10001 lies behind the last, 10000"),
    (
      "final", "selection",
      "trial must be 0 in selection and 1 or more in final runs, found \"2\""
    ),
    (",yes,", ",yes", "expected 21 fields, found 20"),
  ])
  func `a row of an earlier version with an impossible number is damage`(
    old: String, new: String, message: String
  ) throws {
    let row = try #require(Self.older.split(separator: "\n").last).replacing(old, with: new)
    let text = Self.older.split(separator: "\n")[0] + "\n" + row + "\n"
    let runs = try RecordedRuns(String(text), file: "runs.csv")
    #expect(runs.records.isEmpty)
    #expect(runs.damage.map(\.diagnostic.message) == [message])
  }

  @Test func `a record in the journal reads back to the same`() throws {
    var record = Self.example
    record.trainingLossLast = .infinity
    record.validationErrorLast = .nan
    record.diverged = true
    record.measures = [Measure(name: "rmse", value: .nan), Measure(name: "x", value: 0.1)]
    record.seriesDigest = "0123"
    let text = record.json.canonicalText
    let json = try JSONParser.parse(Array(text.utf8), file: "journal").get()
    #expect(RunRecord(json) == record)
    #expect(json["arm"]?.stringValue == "Shakeout" && json["updates"]?.intValue == 10_000)
    #expect(json["axes"]?["trainSize"]?.stringValue == "500")
  }

  @Test func `a run that has a timing but no row is reported as missing`() throws {
    var runs = try RecordedRuns(Self.older, file: "runs.csv")
    runs.noteLost([.unknown("0123456789abcdef"), .unknown("ab")], file: "runs.csv")
    #expect(runs.damage.map(\.id) == ["ab"])
  }
}

extension RunRecord {
  fileprivate func withAxes(_ axes: [AxisValue]) -> RunRecord {
    var record = self
    record.axes = axes
    return record
  }

  fileprivate func with(id: String) -> RunRecord {
    var record = self
    record.id = id
    return record
  }
}
