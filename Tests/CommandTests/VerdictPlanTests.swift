import Study
import Testing

@testable import Report
@testable import regbench

@Suite struct VerdictPlanTests {
  private func plan(_ needs: [TrialsNeeded.Need]) throws -> VerdictPlan {
    let study = try StudySpec.load(
      file: "tiny.json", profile: nil, settings: [], only: [],
      read: { _ in Array(TinyStudy.config(trials: 5).utf8) }
    ).get()
    let cells = needs.enumerated().map { index, need in
      TrialsNeeded(
        row: "row \(index)", column: "Dropout", deviation: 0.2, target: 0.1, verdict: .reproduced,
        need: need)
    }
    return VerdictPlan(study, cells)
  }

  @Test func `cells of which nothing is promised are counted by reason`() throws {
    let text = try plan([
      .trials(4), .trials(3), .none(.diverged), .none(.publishedError), .none(.publishedError),
      .unfinished,
    ]).text.split(separator: "\n").joined(separator: " ")
    #expect(
      text.contains(
        "4 trials leave no cell undecided, but nothing is promised of 2 cells (published error above "
          + "half the margin), 1 cell (diverged among the first), 1 cell (whose first three trials are "
          + "not finished)."))
    // What is not finished has no row.
    #expect(text.contains("row 4") && !text.contains("row 5"))
  }

  @Test func `a plan without exceptions names none`() throws {
    let text = try plan([.trials(9), .trials(3)]).text
    #expect(text.contains("9 trials leave no cell undecided; the study has 5"))
  }
}
