import Canonical
import Study
import System
import TestSupport
import Testing

@testable import Runner

@Suite struct CellFootprintTests {
  private func runs(_ hidden: Int, batch: Int = 10) throws -> [PlannedRuns] {
    let text = StudyFixture.text.replacing("\"hidden\": [8]", with: "\"hidden\": [\(hidden)]")
      .replacing("\"batch\": 10", with: "\"batch\": \(batch)")
    return try StudyFixture(text).study.upperBound
  }

  @Test func `parameters are counted`() throws {
    let footprint = try #require(CellFootprint(try runs(8)[0].example.spec))
    #expect(footprint.parameters == 784 * 8 + 8 + 8 * 10 + 10)
    #expect(footprint.checkpointBytes > 8 * footprint.parameters)
  }

  @Test func `large networks and batches leave room for fewer workers`() throws {
    let small = StudyFootprint(try runs(8)).workers(freeMegabytes: 4000)
    let wide = StudyFootprint(try runs(50_000)).workers(freeMegabytes: 4000)
    let deep = StudyFootprint(try runs(8, batch: 50_000)).workers(freeMegabytes: 4000)
    #expect(small > 20)
    #expect((1..<10).contains(wide))
    #expect((1..<small).contains(deep))
    #expect(StudyFootprint(try runs(50_000)).workers(freeMegabytes: 1) == 1)
  }

  @Test func `disk grows with jobs and runs`() throws {
    let runs = try runs(1000)
    let one = StudyFootprint(runs).diskBytes(jobs: 1)
    let four = StudyFootprint(runs).diskBytes(jobs: 4)
    #expect(four > 3 * one)
    #expect(StudyFootprint([]).diskBytes(jobs: 4) == 0)
  }

  @Test func `an ensemble holds all of its members`() throws {
    let one = try #require(CellFootprint(CellExample.spec(regularizers: "[]")))
    let five = try #require(
      CellFootprint(
        CellExample.spec(regularizers: #"[{"name": "bagging", "members": 5}]"#)))
    #expect(five.parameters == one.parameters)
    #expect(five.checkpointBytes - 4096 == 5 * (one.checkpointBytes - 4096))
    #expect(five.megabytes > one.megabytes)
  }

  @Test func `a plan measures within its memory and estimates what does not fit`() throws {
    let runs = try runs(2000)
    let whole = try Calibration(jobs: 1, seconds: 0.01).plan(runs)
    #expect(whole.rows.allSatisfy { $0.isMeasured && $0.seconds > 0 })
    #expect(whole.processorShare > 0 && whole.processorShare <= 1)
    let none = try Calibration(jobs: 1, seconds: 0.01, megabytes: 1).plan(runs)
    #expect(none.rows.allSatisfy { !$0.isMeasured && $0.seconds > 0 })
    #expect(none.rows.map(\.operations) == whole.rows.map(\.operations))
  }

  @Test func `totals of a plan add up by stage and by network`() throws {
    let plan = try Calibration(jobs: 1, seconds: 0.01).plan(try runs(8))
    for totals in [plan.stageTotals, plan.networkTotals] {
      #expect(totals.reduce(0) { $0 + $1.runs } == plan.runs)
      #expect(Set(totals.map(\.name)).count == totals.count)
    }
    #expect(plan.networkTotals.map(\.name) == ["mlp"])
    let folder = try TemporaryFolder()
    try plan.write(to: folder.path)
    #expect(StudyPlan(in: folder.path)?.rows.count == plan.rows.count)
  }

  @Test func `available memory is read from the kernels table`() {
    let text = "MemTotal:  100 kB\nMemAvailable:   2048 kB\n"
    #expect(KernelFile.number(of: "MemAvailable", in: text) == 2048)
    #expect(KernelFile.number(of: "MemFree", in: text) == nil)
    #expect(FreeMemory.megabytes ?? 1 > 0)
  }
}
