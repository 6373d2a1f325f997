import Durable
import Study
import TestSupport
import Testing

@testable import Runner

@Suite struct JournalTests {
  static func entry(_ id: String, loss: Double = 0.5) -> FinishedRun {
    FinishedRun(
      record: RunRecord(
        id: id, stage: .final, arm: "a,b \"c\"", axes: [AxisValue(key: "trainSize", value: "500")],
        trial: 2, hyperparameters: [Hyperparameter(name: "drop", value: 0.1)], updates: 100,
        testErrorLast: 100.0 / 3, testErrorAtBestValidation: nil, bestValidationError: nil,
        bestValidationUpdate: nil,
        bestTestError: 1.5, bestTestUpdate: 50, validationErrorLast: nil, trainingLossLast: loss,
        diverged: !loss.isFinite, weightsDigest: "ff", openBLASCore: "Zen", build: "0.1.0 (x)",
        dataDigest: "dd", isVerified: true, arithmetic: Arithmetic(revision: 2, core: "Haswell"),
        measures: [], seriesDigest: ""),
      timing: RunTiming(
        id: id, date: "2026-11-23T04:05:06Z", host: "node,1", cpu: "CPU @ 3 GHz",
        cost: RunCost(
          seconds: 1.25, imagesPerSecond: 1e4, peakMegabytes: 99.5, threads: 2, checkpointSeconds: 0
        )),
      series: [])
  }

  @Test func `runs kept in the journal are found`() throws {
    let folder = try TemporaryFolder()
    let journal = try Journal(runsFolder: folder.path)
    let kept = [Self.entry("one"), Self.entry("two", loss: .nan)]
    for entry in kept { try journal.append(entry) }
    let found = try Journal.runs(in: folder.path, except: [])
    #expect(found.map(\.record) == kept.map(\.record))
    #expect(found.map(\.timing) == kept.map(\.timing))
  }

  @Test func `a study has its axes back in its own order`() throws {
    let folder = try TemporaryFolder()
    var kept = Self.entry("one")
    kept.record.axes = [
      AxisValue(key: "network", value: "mlp"), AxisValue(key: "dataset.subset", value: "fixed"),
    ]
    let keys = kept.record.axes.map(\.key)
    try Journal(runsFolder: folder.path).append(kept)
    let found = try Journal.runs(in: folder.path, except: []).map { $0.ordered(by: keys).record }
    #expect(found == [kept.record])
    let text = RecordedRuns.csv(found, axes: keys)
    #expect(try RecordedRuns(text, file: "runs.csv").records == [kept.record])
  }

  @Test func `runs that are read from elsewhere are left out`() throws {
    let folder = try TemporaryFolder()
    let journal = try Journal(runsFolder: folder.path)
    for id in ["one", "two", "three"] { try journal.append(Self.entry(id)) }
    let found = try Journal.runs(in: folder.path, except: ["two", "four"])
    #expect(found.map(\.record.id) == ["one", "three"])
  }

  @Test func `a torn last line loses no other run`() throws {
    let folder = try TemporaryFolder()
    let journal = try Journal(runsFolder: folder.path)
    for id in ["one", "two"] { try journal.append(Self.entry(id)) }
    let bytes = try FileContents.read(folder.file("journal.log"))
    try AtomicFile.write(Array(bytes.dropLast(7)), to: folder.file("journal.log"))
    let again = try Journal(runsFolder: folder.path)
    #expect(try Journal.runs(in: folder.path, except: []).map(\.record.id) == ["one"])
    try again.append(Self.entry("three"))
    #expect(try Journal.runs(in: folder.path, except: []).map(\.record.id) == ["one", "three"])
  }

  @Test func `what this process has written it does not read again`() throws {
    let folder = try TemporaryFolder()
    let (own, other) = (
      try Journal(runsFolder: folder.path), try Journal(runsFolder: folder.path)
    )
    try own.append(Self.entry("one"))
    #expect(try own.news().isEmpty)
    #expect(try other.news().map(\.record.id) == ["one"])
    try other.append(Self.entry("two"))
    try own.append(Self.entry("three"))
    #expect(try own.news().map(\.record.id) == ["two", "three"])
    #expect(try own.news().isEmpty)
    #expect(try other.news().map(\.record.id) == ["three"])
  }

  @Test func `lines of earlier versions are found`() throws {
    let folder = try TemporaryFolder()
    let log = try AppendLog(folder.file("journal.log"))
    try log.append(
      #"{"record":"id,stage,arm,trainSize,trial,hyperparameters,updates,test_error_last,"#
        + "test_error_at_best_validation,best_validation_error,best_validation_update,"
        + "best_test_error,best_test_update,validation_error_last,training_loss_last,diverged,"
        + #"weights_sha256,openblas_core,build,data,verified,measures\none,final,a,500,2,drop=0.1,"#
        + #"100,33.5,,,,1.5,50,,0.5,no,ff,Zen,0.1.0 (x),dd,yes,\n","timing":["one","#
        + #""2026-11-23T04:05:06Z","node","CPU","2","1.25","10000","99.5","0"]}"#)
    let found = try Journal.runs(in: folder.path, except: [])
    #expect(found.map(\.record.id) == ["one"])
    #expect(found.first?.record.testErrorLast == 33.5)
    #expect(found.first?.record.arithmetic == Arithmetic(revision: 2, core: "Zen"))
    #expect(found.first?.timing.cost.seconds == 1.25)
  }
}
