import Canonical
import Testing

@testable import Study

@Suite struct EvaluationSpecTests {
  private func due(_ spec: EvaluationSpec, total: Int, epoch: Int) -> [Int] {
    (1...total).filter { spec.isDue(after: $0, of: total, updatesPerEpoch: epoch) }
  }

  @Test(
    arguments: [
      (EvaluationSpec.everyUpdates(4), [4, 8, 10]), (.everyUpdates(5), [5, 10]),
      (.everyUpdates(100), [10]), (.everyEpochs(1), [3, 6, 9, 10]), (.everyEpochs(2), [6, 10]),
      (.atEnd, [10]),
    ])
  func `the end is always evaluated`(spec: EvaluationSpec, expected: [Int]) {
    #expect(due(spec, total: 10, epoch: 3) == expected)
    #expect(spec.count(total: 10, updatesPerEpoch: 3) == expected.count)
  }

  @Test func `reads its own canonical form`() {
    for spec in [EvaluationSpec.everyUpdates(500), .everyEpochs(2), .atEnd] {
      let diagnostics = DiagnosticCollector()
      #expect(EvaluationSpec(reading: ObjectReader(spec.json, diagnostics)) == spec)
      #expect(diagnostics.diagnostics.isEmpty)
    }
  }
}
