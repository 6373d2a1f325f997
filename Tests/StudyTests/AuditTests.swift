import Canonical
import Durable
import TestSupport
import Testing

@testable import Study

@Suite struct AuditTests {
  private func audit(_ count: Int, of comparable: Int, different: Int = 0) -> Audit {
    Audit(
      date: "2026-11-30T00:00:00Z", build: "b", seed: 1, comparable: comparable,
      recorded: comparable,
      runs: (0..<count).map {
        Audit.Run(id: "r\($0)", differences: $0 < different ? ["weights"] : [])
      })
  }

  @Test func `five runs trained again out of 129 detect 58 altered ones`() {
    let audit = audit(5, of: 129)
    #expect(audit.smallestDetected == 58)
    #expect(
      audit.sentence
        == "5 of 129 runs, drawn at random and trained again, all equal bit by bit: a table "
        + "in which 58 or more of them (45 %) were altered would have been caught with a probability of "
        + "95 %.")
  }

  /// The chance that a sample misses all altered runs, by enumeration.
  @Test func `the detectable number of altered runs agrees with enumeration`() {
    for (count, of) in [(2, 8), (3, 9), (1, 6)] {
      func missed(_ altered: Int) -> Double {
        var (all, misses) = (0, 0)
        for pattern in 0..<(1 << of) where pattern.nonzeroBitCount == count {
          all += 1
          if pattern & ((1 << altered) - 1) == 0 { misses += 1 }
        }
        return Double(misses) / Double(all)
      }
      #expect(audit(count, of: of).smallestDetected == (1...of).first { missed($0) <= 0.05 })
    }
  }

  @Test func `all runs prove all, and a difference proves a difference`() {
    #expect(audit(9, of: 9).sentence.hasPrefix("All 9 runs trained again, all equal"))
    let bad = audit(5, of: 9, different: 2)
    #expect(!bad.isSame)
    #expect(bad.sentence == "5 of 9 runs trained again: 2 do not come out as recorded.")
  }

  @Test func `audits are appended to the file`() throws {
    let folder = try TemporaryFolder()
    let results = ResultFolder(folder.path)
    #expect(try results.audits().isEmpty)
    try results.add(audit(2, of: 9))
    try results.add(audit(5, of: 9, different: 1))
    #expect(try results.audits() == [audit(2, of: 9), audit(5, of: 9, different: 1)])
    try AtomicFile.write("{}", to: PathName.join(folder.path, "audits.json"))
    #expect(throws: ResultFolder.Problem.self) { try results.audits() }
  }
}
