import Canonical
import Study
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
    let small = CellFootprint.workers(try runs(8), freeMegabytes: 4000)
    let wide = CellFootprint.workers(try runs(50_000), freeMegabytes: 4000)
    let deep = CellFootprint.workers(try runs(8, batch: 50_000), freeMegabytes: 4000)
    #expect(small > 20)
    #expect((1..<10).contains(wide))
    #expect((1..<small).contains(deep))
    #expect(CellFootprint.workers(try runs(50_000), freeMegabytes: 1) == 1)
  }

  @Test func `disk grows with jobs and runs`() throws {
    let runs = try runs(1000)
    let one = CellFootprint.diskBytes(runs, jobs: 1)
    let four = CellFootprint.diskBytes(runs, jobs: 4)
    #expect(four > 3 * one)
    #expect(CellFootprint.diskBytes([], jobs: 4) == 0)
  }

  @Test func `available memory is read from the kernels table`() {
    let text = "MemTotal:  100 kB\nMemAvailable:   2048 kB\n"
    #expect(FreeMemory.kilobytes("MemAvailable:", in: text) == 2048)
    #expect(FreeMemory.kilobytes("MemFree:", in: text) == nil)
    #expect(FreeMemory.megabytes ?? 1 > 0)
  }
}
