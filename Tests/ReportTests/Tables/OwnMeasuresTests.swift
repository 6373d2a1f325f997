import Study
import Testing

@testable import Report

/// Tables of studies whose runs have no errors in per cent.
@Suite struct OwnMeasuresTests {
  private let regression = """
    {"study": "curves", "task": "regression", "trials": 2,
     "dataset": {"name": "curve"}, "axes": {"dataset.curve.target": ["xSinX", "piecewiseConstant"]},
     "network": "regression-mlp",
     "training": {"batch": 20, "iterations": 5, "optimizer": {"name": "adam"},
      "learningRate": {"schedule": "constant", "base": 0.001}},
     "arms": [{"name": "ReLU"},
      {"name": "Drop-Activation", "regularizers": [{"name": "dropActivation"}]}]}
    """
  private let ratio = """
    {"study": "ratio", "task": "theory", "trials": 3, "theory": {"name": "shiftRatio"},
     "axes": {"regularizers.dropActivation.keep": [0.5, 0.95]},
     "arms": [{"name": "formula", "regularizers": [{"name": "dropActivation"}]},
      {"name": "measured", "theory": {"samples": 1000},
       "regularizers": [{"name": "dropActivation"}]}],
     "reproduces": [{"paper": "drop_activation", "table": "eq15",
      "when": {"arm": "formula", "regularizers.dropActivation.keep": 0.95}, "row": "analytic",
      "column": "p={regularizers.dropActivation.keep}", "metric": "shift_ratio",
      "margin": 5e-5}]}
    """

  /// A record of every final run, with measures that depend on row and trial.
  private func records(_ study: StudySpec, _ value: (String, AxisValue, Int) -> [Measure])
    -> [RunRecord]
  {
    study.rows.flatMap { row in
      (1...study.trials).map { trial in
        RunRecord(
          id: "\(row.arm) \(row.axes) \(trial)", stage: .final, arm: row.arm, axes: row.axes,
          trial: trial,
          hyperparameters: [], updates: 5, testErrorLast: nil, testErrorAtBestValidation: nil,
          bestValidationError: nil,
          bestValidationUpdate: nil, bestTestError: nil, bestTestUpdate: nil,
          validationErrorLast: nil,
          trainingLossLast: nil, diverged: false, weightsDigest: "0", openBLASCore: "Haswell",
          build: "unknown", dataDigest: "d", isVerified: true,
          arithmetic: Arithmetic(revision: 2, core: "Haswell"),
          measures: value(row.arm, row.axes[0], trial), seriesDigest: "")
      }
    }
  }

  @Test func `a regression has a table of its distance and none of errors`() throws {
    let study = try ReportFixture.study(config: regression)
    let records = records(study) { arm, _, trial in
      [
        Measure(name: "rmse", value: arm == "ReLU" ? Double(trial) : 0.5),
        Measure(name: "total_variation", value: 30),
      ]
    }
    let table = ResultTable(study: study, records: records)
    #expect(table.sections.map(\.metric.name) == ["rmse", "total_variation"])
    let text = TextRenderer.text(table, width: 80)
    #expect(text.contains("RMSE in units of y after the last update"))
    #expect(text.contains("1.500 ± 0.707 (2)"))
    #expect(!text.lowercased().contains("error"))
    #expect(table.lines.allSatisfy { $0.count == 2 })
    #expect(!CSVExport.text(table).contains("test_error"))
    // The way back to the runs has no errors either.
    let trail = CellExplanation(
      study: study, records: records, command: ReportFixture.command(study))
    let cells = try study.filter("arm=ReLU", option: "--explain").get()
    let way = TextRenderer.text(trail.blocks(cells), width: nil)
    #expect(way.contains("rmse in units of y") && !way.contains("(update"))
  }

  @Test func `a row of the study's own table is whole although a paper's table has a part of it`()
    throws
  {
    let study = try ReportFixture.study(config: ratio)
    let records = records(study) { arm, axis, trial in
      let formula = axis.value == "0.5" ? 0.8239960 : 0.9377233
      let noise = arm == "formula" ? 0 : 1e-3 * Double(trial - 2)
      return [Measure(name: "shift_ratio", value: formula + noise)]
    }
    let table = ResultTable(study: study, records: records)
    #expect(table.sections.count == 2)
    #expect(table.sections[0].verdicts == [.reproduced])
    let own = table.sections[1].table(.last).wide.rows
    #expect(own[0] == ["keep probability", "formula", "measured"])
    #expect(own[1] == ["0.5", "0.8240 ± 0.0000 (3)", "0.8240 ± 0.0010 (3)"])
    #expect(own[2][1] == "0.9377 ± 0.0000 (3)")
    #expect(table.sections[1].explanation == "Shift ratio: mean ± standard deviation (runs).")
    #expect(table.reduction == nil)
  }
}
