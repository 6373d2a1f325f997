@testable import Runner
import Testing

@testable import regbench

@Suite struct RunSentencesTests {
  private func plan(missing: Int, seconds: Double?) -> RunEvent {
    .planned(RunPlan(finished: 4, missing: missing, seconds: seconds, jobs: 2, threads: 1))
  }

  @Test func `a long study names its smaller profiles`() {
    let sentences = RunSentences(smallerProfiles: ["desk", "smoke"])
    #expect(
      sentences.sentences(for: plan(missing: 540, seconds: 200_000)) == [
        "540 runs are missing (4 done); about 2 d 7 h with 2 jobs × 1 thread",
        "smaller: --profile desk, --profile smoke (Ctrl-C stops; the same command carries on)",
      ])
  }

  @Test func `a short study names no smaller profiles`() {
    let sentences = RunSentences(smallerProfiles: ["smoke"])
    #expect(
      sentences.sentences(for: plan(missing: 1, seconds: 30)) == [
        "1 run is missing (4 done); about 30 s with 2 jobs × 1 thread"
      ])
    #expect(sentences.sentences(for: plan(missing: 0, seconds: nil)) == [])
  }

  @Test func `runs found elsewhere name their folder`() {
    let sentences = RunSentences(smallerProfiles: [])
    let found = FoundRuns(count: 12, date: "2026-11-23", cpu: "AMD EPYC")
    #expect(
      sentences.sentences(for: .found(found)) == [
        "found 12 finished runs (of 2026-11-23, on AMD EPYC)"
      ]
    )
    #expect(
      sentences.sentences(for: .found(FoundRuns(count: 1, date: nil, cpu: nil))) == [
        "found 1 finished run"
      ])
  }
}
