import Study
import Testing

@testable import Runner

@Suite struct CostModelTests {
  private func works(_ hidden: Int = 8) throws -> [CostModel.Work] {
    let text = StudyFixture.text.replacing("\"hidden\": [8]", with: "\"hidden\": [\(hidden)]")
    return try StudyFixture(text).study.upperBound.map { CostModel.Work($0.example) }
  }

  private func cost(_ seconds: Double, threads: Int = 1) -> RunCost {
    RunCost(
      seconds: seconds, imagesPerSecond: 0, peakMegabytes: 0, threads: threads, checkpointSeconds: 0
    )
  }

  private func timing(_ date: String, _ seconds: Double) -> RunTiming {
    RunTiming(id: date, date: date, host: "", cpu: "", cost: cost(seconds))
  }

  @Test func `nothing known, a speed is assumed`() throws {
    let work = try works()[0]
    #expect(CostModel().seconds(work) == work.operations * (1 / CostModel.assumedSpeed))
  }

  @Test func `a machine that slept during a run does not spoil the estimate`() throws {
    let work = try works()[0]
    var costs = CostModel()
    for seconds in [80, 82, 5400, 84.0] { costs.learn(work, cost(seconds)) }
    #expect((82...84).contains(costs.seconds(work)))
  }

  @Test func `the latest runs count, in whatever order they are told`() throws {
    let work = try works()[0]
    let before = (10..<50).map { (work: work, timing: timing("2026-01-01T00:00:\($0)Z", 160)) }
    let after = (10..<30).map { (work: work, timing: timing("2026-01-02T00:00:\($0)Z", 80)) }
    var costs = CostModel()
    costs.learn(after + before)
    #expect(abs(costs.seconds(work) - 80) < 1e-9)
  }

  @Test func `runs of which nothing is recorded teach nothing`() throws {
    let work = try works()[0]
    var costs = CostModel()
    costs.learn(work, cost(0))
    #expect(costs.seconds(work) == CostModel().seconds(work))
  }

  @Test func `threads count, and other networks by their operations`() throws {
    let (small, large) = (try works()[0], try works(80)[0])
    var costs = CostModel()
    costs.learn(small, cost(10, threads: 2))
    #expect(abs(costs.seconds(small) - 20) < 1e-9)
    #expect(abs(costs.seconds(large) - 20 * large.operations / small.operations) < 1e-6)
  }

  @Test func `a run that has begun is gone by until one has ended`() throws {
    let work = try works()[0]
    var costs = CostModel()
    costs.observe(work, share: 0.25, seconds: 10, threads: 1)
    #expect(abs(costs.seconds(work) - 40) < 1e-9)
    costs.learn(work, cost(60))
    costs.observe(work, share: 0.5, seconds: 100, threads: 1)
    #expect(abs(costs.seconds(work) - 60) < 1e-9)
  }
}
