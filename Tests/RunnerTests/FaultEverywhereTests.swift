import Durable
import Study
import TestSupport
import Testing

@testable import Runner

/// A fault at every single operation on the disk that a study's parent makes: the same command
/// afterwards finishes the study, loses no run that was finished, and leaves the same bytes.
@Suite struct FaultEverywhereTests {
  /// One row, two arms, two candidates: seven runs.
  private static let text = StudyFixture.text
    .replacing("\"trainSize\": [50, 100]", with: "\"trainSize\": [50]")
    .replacing("\"select\": [0.2, 0.5, 0.7]", with: "\"select\": [0.2, 0.5]")
    .replacing(
      """
      ,
        {"name": "Shakeout", "regularizers": [{"name": "shakeout", "c": 0.1,
         "drop": {"select": [0, -0.1], "relativeTo": "Dropout.drop"}}]}
      """, with: "")
  private static let runs = 6

  @Test(arguments: [FaultHook.Effect.error(5), .error(28), .error(30), .error(2)])
  func `the same command finishes the study`(effect: FaultHook.Effect) throws {
    let calm = try StudyFixture(Self.text)
    #expect(try calm.run(calm.options()).trained == Self.runs)
    let expected = try FileContents.read(calm.folder.file("out/runs.csv"))

    let fixture = try StudyFixture(Self.text)
    var finished = 0
    var failed = 0
    let hit = try FaultInjection.everywhere(effect, under: fixture.folder.path) {
      try Folder.remove(fixture.folder.file("out"))
      try Folder.remove(fixture.folder.file("out-runs"))
    } work: {
      let pool = ScriptedPool()
      defer { finished = pool.done }
      return try fixture.run(fixture.options(), pool)
    } check: { attempt in
      if case .failure(let error) = attempt.outcome {
        failed += 1
        #expect(error.isAboutStorage, "operation \(attempt.turn): \(error)")
      }
      let rest = try fixture.run(fixture.options())
      #expect(rest.outcome == .complete)
      // The one whose record could not be kept may be trained again, no other.
      #expect(rest.trained <= Self.runs - finished + 1, "operation \(attempt.turn)")
      let records = try FileContents.read(fixture.folder.file("out/runs.csv"))
      #expect(records == expected, "operation \(attempt.turn)")
    }
    #expect(hit > 60)
    #expect(failed > hit / 2)
  }

  @Test func `checkpoints survive a fault at every operation`() throws {
    let calm = try TemporaryFolder()
    let expected = try train(in: calm.path)
    let calmCurve = try FileContents.read(calm.file("epochs.csv"))
    for effect in [FaultHook.Effect.error(5), .error(28), .short] {
      let folder = try TemporaryFolder()
      let hit = try FaultInjection.everywhere(effect, under: folder.path) {
        try Folder.remove(folder.path)
        try Folder.create(folder.path)
      } work: {
        try train(in: folder.path)
      } check: { attempt in
        let hash = try train(in: folder.path)
        #expect(hash == expected, "operation \(attempt.turn)")
        let curve = try FileContents.read(folder.file("epochs.csv"))
        #expect(curve == calmCurve, "operation \(attempt.turn)")
      }
      #expect(hit > 40)
    }
  }

  /// A training that writes a checkpoint after every update.
  private func train(in folder: String) throws -> String {
    let ending = try CellTrainer(
      task: QuadraticTask(), id: "run", folder: folder, checkpointSeconds: 0, threads: 1,
      observer: StopAt()
    ).run()
    guard case .finished(let outcome) = ending else { return "stopped" }
    return outcome.weightsHash
  }
}

extension Error {
  /// A file that could not be written, or a result whose runs are kept all the same.
  fileprivate var isAboutStorage: Bool {
    if let error = self as? RunnerError, case .resultNotWritten = error { return true }
    return self is FileError
  }
}
