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
    updates: 10_000, last: 4.83, validation: 4.9, bestValidationError: 4.71,
    bestValidationUpdate: 8500, test: 4.6, bestTestUpdate: 500, finalValidationError: 4.8,
    lastTrainingLoss: 0.0123, diverged: false, weightsHash: "ab12", openBLASCore: "Haswell",
    build: "1a2b3c4", dataDigest: "ff00", isVerified: true)

  private func roundTrip(_ records: [RunRecord], axes: [String]) throws -> [RunRecord] {
    try RunRecord.parse(RunRecord.csv(records, axes: axes), file: "runs.csv").get()
  }

  @Test func `a row reads back to the same record`() throws {
    let axes = ["network", "trainSize"]
    #expect(try roundTrip([Self.example], axes: axes) == [Self.example])
    #expect(try roundTrip([], axes: axes).isEmpty)
    let read = try #require(try roundTrip([Self.example], axes: axes).first)
    #expect(read.hyperparameters[1].value == 1.0 / 3)
    #expect(read.bestValidationUpdate == 8500 && read.last == 4.83)
  }

  @Test func `absent not a number and infinite values read back`() throws {
    var record = Self.example
    record.validation = nil
    record.bestValidationError = nil
    record.bestValidationUpdate = nil
    record.finalValidationError = .nan
    record.lastTrainingLoss = .infinity
    record.last = -.infinity
    record.diverged = true
    record.isVerified = false
    record.hyperparameters = []
    record.axes = []
    record.stage = .selection
    let read = try #require(try roundTrip([record], axes: []).first)
    #expect(read == record)
    #expect(read.finalValidationError?.isNaN == true && read.lastTrainingLoss == .infinity)
    #expect(read.validation == nil && SelectionCriterion.validation.error(of: read) == .infinity)
  }

  @Test func `a run that classifies nothing has no errors`() throws {
    var record = Self.example
    (record.last, record.test, record.bestTestUpdate) = (nil, nil, nil)
    record.lastTrainingLoss = nil
    record.measures = [Measure(name: "rmse", value: 1.25)]
    let read = try #require(try roundTrip([record], axes: ["network", "trainSize"]).first)
    #expect(read == record)
    #expect(read.last == nil && read.test == nil && read.lastTrainingLoss == nil)
  }

  @Test func `names with commas quotes and line breaks read back`() throws {
    var record = Self.example
    record.arm = "L1, \"ours\"\nsparse"
    record.axes = [AxisValue(key: "network", value: "mlp(hidden=[100,50];activation=\"relu\")")]
    record.build = "é – dirty"
    #expect(
      try roundTrip([record, Self.example.withAxes(record.axes)], axes: ["network"])[0] == record)
  }

  @Test func `the header is this`() {
    #expect(
      RunRecord.header(axes: ["network", "trainSize"])
        == "id,stage,arm,network,trainSize,trial,hyperparameters,updates,test_error_last,"
        + "test_error_at_best_validation,best_validation_error,best_validation_update,"
        + "best_test_error,best_test_update,validation_error_last,training_loss_last,diverged,"
        + "weights_sha256,openblas_core,build,data,verified,measures\n")
    #expect(
      Self.example.csv
        == "0123456789abcdef,final,Shakeout,lenet,500,2,drop=0.4;c=0.3333333333333333,10000,4.83,"
        + "4.9,4.71,8500,4.6,500,4.8,0.0123,no,ab12,Haswell,1a2b3c4,ff00,yes,\n")
  }

  @Test func `damaged files are errors with a line`() {
    func message(_ text: String) -> String? {
      guard case .failure(let problem) = RunRecord.parse(text, file: "runs.csv") else { return nil }
      return "\(problem.location.line): \(problem.message)"
    }
    let header = RunRecord.header(axes: [])
    let row = Self.example.withAxes([]).csv
    #expect(message("") == "1: not the header of a list of runs")
    #expect(message("a,b\n1,2\n") == "1: not the header of a list of runs")
    #expect(message(header + row + row.dropLast(12)) == "3: expected 21 fields, found 18")
    #expect(
      message(header + row.replacing("10000", with: "many"))
        == "2: updates must be a whole number, found \"many\"")
    #expect(
      message(header + row.replacing("final", with: "finale"))
        == "2: stage must be selection or final, found \"finale\"")
    #expect(
      message(header + row.replacing("drop=0.4", with: "drop")) == "2: hyperparameters must be "
        + "name=value;…, found \"drop;c=0.3333333333333333\"")
    #expect(message(header + "\"abc") == "2: a quote that is never closed")
  }
}

extension RunRecord {
  fileprivate func withAxes(_ axes: [AxisValue]) -> RunRecord {
    var record = self
    record.axes = axes
    return record
  }
}
