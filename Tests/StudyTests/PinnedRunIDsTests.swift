import Canonical
import TestSupport
import Testing

@testable import Study

/// Ids of runs tell which recorded results still count: no change may move one by accident.
///
/// `pinned-ids.txt` holds a digest of the names and ids of all cells of each config in each profile.
/// Where ids are meant to move, write it anew with `REGBENCH_RECORD=1 swift test --filter
/// PinnedRunIDsTests` and say in the commit why results of before no longer count.
@Suite struct PinnedRunIDsTests {
  private static let file = "Tests/StudyTests/Cases/pinned-ids.txt"

  @Test func `the ids of all cells of all configs are what they were`() throws {
    let folder = StudyFixture.repository + "/configs"
    let names =
      StudyFixture.names(in: folder, ending: ".json")
      + StudyFixture.names(in: folder + "/beyond", ending: ".json").map { "beyond/\($0)" }
    var lines: [String] = []
    for name in names {
      for profile in try StudyFixture.config(name).get().profiles {
        let cells = try cells(of: StudyFixture.config(name, profile: profile).get())
        let digest = SHA256.hex(Array(cells.joined(separator: "\n").utf8)).prefix(16)
        lines.append("\(name) \(profile) \(cells.count) \(digest)\n")
      }
    }
    #expect(try RepositoryText.isWhole(Self.file, lines.joined()))
  }

  /// Name and id of every cell on the way of a study whose selections always choose their first
  /// candidate, in sorted order.
  private func cells(of study: StudySpec) throws -> [String] {
    let data = Provenance.Data(name: "", digest: "data", origin: "", isVerified: true)
    let examples = study.upperBound.map(\.example)
    let ids = RunIDs(
      data: Dictionary(examples.map { ($0.dataKey, data) }) { first, _ in first },
      weights: Dictionary(
        examples.compactMap { $0.spec.setup?.recipe.initialWeights }.map { ($0, "weights") }
      ) { first, _ in first })
    let agenda = StudyAgenda(study, ids: ids, records: [])
    var lines: [String] = []
    while case let opened = agenda.takeOpened(), !opened.isEmpty {
      for cell in opened.compactMap({ agenda.cell($0.id) }) {
        let id = ids.id(of: cell)
        lines.append("\(cell.name) \(id)")
        agenda.add(record(of: cell, id))
      }
    }
    #expect(agenda.missingCount == 0 && agenda.finishedCount == lines.count)
    #expect(agenda.differences.isEmpty)
    return lines.sorted()
  }

  private func record(of cell: Cell, _ id: String) -> RunRecord {
    var error = 0.0
    if case .selection(let candidate) = cell.stage { error = Double(candidate) }
    return RunRecord(
      id: id, stage: cell.stage == .final ? .final : .selection, arm: cell.arm, axes: cell.axes,
      trial: cell.trial, hyperparameters: cell.hyperparameters, updates: 1, testErrorLast: error,
      testErrorAtBestValidation: error, bestValidationError: error, bestValidationUpdate: 1,
      bestTestError: error,
      bestTestUpdate: 1, validationErrorLast: error, trainingLossLast: 0, diverged: false,
      weightsDigest: "", openBLASCore: "", build: "", dataDigest: "data", isVerified: true,
      arithmetic: Arithmetic(revision: 2, core: "Haswell"), measures: [], seriesDigest: "")
  }
}
