import Study
import Testing

@testable import Report

/// Tables of the repository's configs on invented runs.
@Suite struct DerivedTablesTests {
  /// A record of every final run; `change` gives it its numbers.
  private func records(
    _ study: StudySpec, _ change: (inout RunRecord, Cell) -> Void
  ) -> [RunRecord] {
    study.upperBound.filter { $0.stage == "final" }.flatMap { planned in
      (1...study.trials).map { trial in
        var record = ReportFixture.record(
          size: "", arm: planned.example.arm, trial: trial, error: 10)
        record.axes = planned.example.axes
        record.id = "\(planned.example.name) \(trial)"
        change(&record, planned.example)
        return record
      }
    }
  }

  @Test func `delayed regularization has accuracies sparsities and what follows`() throws {
    let study = try RepositoryConfigs.study("delayed-cifar")
    let table = ResultTable(
      study: study,
      records: records(study) { record, cell in
        record.testErrorLast = (cell.arm.contains("ours") ? 20 : 36) + 0.1 * Double(record.trial)
        record.measures = [
          Measure(name: "sparsity", value: cell.arm.contains("sparse") ? 0.9 : 0.5)
        ]
      })
    #expect(
      table.sections.map(\.metric.name) == [
        "test_accuracy", "sparsity", "relative_improvement_percent", "compression", "classes",
        "train_per_class", "test_per_class", "params",
      ])
    func line(_ metric: String, _ row: String, _ column: String) throws -> ResultLine {
      let section = try #require(table.sections.first { $0.metric.name == metric })
      return try #require(section.line(row: row, column: column, .last))
    }
    let accuracy = try line("test_accuracy", "VGG-16 / L2 ours", "CIFAR-100 accuracy")
    #expect(abs((accuracy.mean ?? 0) - 79.8) < 1e-9)
    #expect(accuracy.publishedMean == 71.01)
    let improvement = try line(
      "relative_improvement_percent", "AlexNet / L1 improvement (relative)", "CIFAR-10 accuracy")
    #expect(abs((improvement.mean ?? 0) - 25.08) < 0.01)
    #expect(improvement.publishedP == 0.013)
    #expect((improvement.p ?? 1) < 0.001)
    #expect(improvement.text.hasSuffix(", p <0.001"))
    let compression = try line(
      "compression", "VGG-16 / compression rate over L1 baseline", "CIFAR-10")
    #expect(abs((compression.mean ?? 0) - 5) < 1e-9)
    #expect(compression.publishedMean == 2.6)
    let count = try line("params", "cifar100", "VGG-16 parameters")
    #expect(abs((count.mean ?? 0) - 15.2913) < 1e-9)
    #expect(count.verdict == .reproduced)
    #expect(try line("train_per_class", "cifar10", "train images per class").mean == 5000)
  }

  /// Methods stand in rows here: claims are about methods of one network in one column.
  @Test func `claims compare methods and not data sets`() throws {
    let study = try RepositoryConfigs.study("delayed-cifar")
    let table = ResultTable(
      study: study, records: records(study) { record, _ in record.testErrorLast = 5 })
    let claims = try #require(table.sections.first).claims
    #expect(!claims.isEmpty)
    #expect(claims.contains { $0.first == "L2 ours" && $0.second == "L2 baseline" })
    #expect(!claims.contains { $0.first.contains("CIFAR") || $0.first.contains("VGG") })
    for section in table.sections.dropFirst(2) { #expect(section.claims.isEmpty) }
  }

  @Test func `convergence is pooled over the grid`() throws {
    let study = try RepositoryConfigs.study("marginalized-convergence")
    let table = ResultTable(
      study: study,
      records: records(study) { record, cell in
        // 500 updates an epoch; pre-training of one hidden layer takes 20 epochs.
        let before = cell.arm.hasSuffix("pre-trained") ? 20 : 0
        record.bestValidationUpdate = 500 * (before + 100)
        record.bestValidationError = 2
      })
    let section = try #require(table.sections.first { $0.metric == .epochs })
    let line = try #require(section.line(row: "epochs", column: "Exact Reg", .validation))
    #expect(line.mean == 100)
    #expect(line.count == 175)
    #expect(line.publishedMean == 141.42)
    #expect(section.columns == ["Sampling", "Exact Reg", "Approx Reg"])
    // Its runs are settings of a grid: their spread says nothing about an error.
    #expect(line.verdict == .notJudged)
    #expect(line.judgement?.mark == "runs of different settings, not judged")
    #expect(section.gainRemark == nil)
    #expect(study.claimExplanation.contains("over the settings of the grid"))
    #expect(study.claimExplanation.contains("one run of each, and not about training noise"))
    #expect(table.reduction?.contains("instead of 175") != true)
  }

  @Test func `the place of the lowest error is named`() throws {
    let study = try RepositoryConfigs.study("drop-activation-keep")
    let table = ResultTable(
      study: study,
      records: records(study) { record, cell in
        record.testErrorLast = cell.axes[0].value == "0.95" ? 9 : 10
      })
    let line = try #require(table.sections.first?.lines.first)
    #expect(line.mean == 0.95)
    #expect(line.count == 20)
    #expect(line.verdict == .reproduced)
    let text = MarkdownRenderer.text(table)
    #expect(text.contains("- reproduced: no other place has a lower mean test error"))
    #expect(!text.contains("within the margin on both sides"))
    #expect(table.lines.count { $0.selection == .last } == 1)
  }
}
