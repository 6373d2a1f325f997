import Testing

@testable import Engine

@Suite struct LanePlanTests {
  @Test(arguments: [1, 2, 7, 8, 9, 64, 100, 128])
  func `lanes cover every batch in order`(capacity: Int) {
    let plan = LanePlan(capacity: capacity)
    for samples in [0, 1, capacity / 2, capacity - 1, capacity] {
      let covered = (0..<plan.count).flatMap { Array(plan.range($0, samples: samples)) }
      #expect(covered == Array(0..<samples))
    }
    let widths = (0..<plan.count).map { plan.range($0, samples: capacity).count }
    #expect(widths.allSatisfy { $0 >= 1 })
    #expect((widths.max() ?? 0) - (widths.min() ?? 0) <= 1)
  }

  @Test func `a short batch moves no boundary`() {
    let plan = LanePlan(capacity: 64)
    #expect(plan.range(2, samples: 64) == 16..<24)
    #expect(plan.range(2, samples: 20) == 16..<20)
    #expect(plan.range(3, samples: 20).isEmpty)
  }
}
