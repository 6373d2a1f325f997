import Durable
import Study
import TestSupport
import Testing

@testable import Runner

@Suite struct JournalTests {
  static func entry(_ id: String, loss: Double = 0.5) -> Journal.Entry {
    Journal.Entry(
      record: RunRecord(
        id: id, stage: .final, arm: "a,b \"c\"", axes: [AxisValue(key: "trainSize", value: "500")],
        trial: 2, hyperparameters: [Hyperparameter(name: "drop", value: 0.1)], updates: 100,
        last: 100.0 / 3, validation: nil, bestValidationError: nil, bestValidationUpdate: nil,
        test: 1.5, bestTestUpdate: 50, finalValidationError: nil, lastTrainingLoss: loss,
        diverged: !loss.isFinite, weightsHash: "ff", openBLASCore: "Zen", build: "0.1.0 (x)",
        dataDigest: "dd", isVerified: true),
      timing: RunTiming(
        id: id, date: "2026-11-23T04:05:06Z", host: "node,1", cpu: "CPU @ 3 GHz",
        cost: CellCost(seconds: 1.25, imagesPerSecond: 1e4, peakMegabytes: 99.5, threads: 2)))
  }

  @Test func `what was kept is found`() throws {
    let folder = try TemporaryFolder()
    let journal = try Journal(runsFolder: folder.path)
    let kept = [Self.entry("one"), Self.entry("two", loss: .nan)]
    for entry in kept { try journal.append(entry) }
    let found = try Journal(runsFolder: folder.path).entries()
    #expect(found.map(\.record) == kept.map(\.record))
    #expect(found.map(\.timing) == kept.map(\.timing))
  }

  @Test func `a torn end loses nothing else`() throws {
    let folder = try TemporaryFolder()
    let journal = try Journal(runsFolder: folder.path)
    for id in ["one", "two"] { try journal.append(Self.entry(id)) }
    let bytes = try FileContents.read(journal.path)
    try AtomicFile.write(Array(bytes.dropLast(7)), to: journal.path)
    let again = try Journal(runsFolder: folder.path)
    #expect(try again.entries().map(\.record.id) == ["one"])
    try again.append(Self.entry("three"))
    #expect(try again.entries().map(\.record.id) == ["one", "three"])
  }
}
