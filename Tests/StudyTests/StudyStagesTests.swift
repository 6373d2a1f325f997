import Canonical
import Testing

@testable import Study

@Suite struct StudyStagesTests {
  private func names(_ cells: [Cell]) -> [String] { cells.map(\.name) }

  /// A finished run of a cell with this validation error.
  private func record(_ cell: Cell, error: Double = 10, diverged: Bool = false) -> RunRecord {
    var record = RunRecordCSVTests.example
    record.id = cell.id
    record.validationErrorLast = error
    record.diverged = diverged
    return record
  }

  /// Trains everything that can start, again and again, `errors` giving validation errors by cell name;
  /// lists the rounds.
  private func rounds(
    _ study: StudySpec, errors: (String) -> Double
  ) -> (rounds: [[String]], agenda: StudyAgenda) {
    let agenda = study.agenda()
    var rounds: [[String]] = []
    while case let opened = agenda.takeOpened(), !opened.isEmpty {
      let cells = opened.compactMap { agenda.cell($0.id) }
      rounds.append(names(cells))
      for cell in cells { agenda.add(record(cell, error: errors(cell.name))) }
      if rounds.count > 20 { break }
    }
    return (rounds, agenda)
  }

  @Test func `selection comes first, then what depends on it, then the final runs`() throws {
    let study = try StudyFixture.load(
      StudyFixture.small((", {\"name\": \"mlp\", \"hidden\": [64]}", ""), ("[300, 1000]", "[300]"))
    ).get()
    let outcome = rounds(study) { name in
      ["lenet n=300 Dropout drop=0.5", "lenet n=300 Shakeout drop=0.2 c=0.05774"].contains(name)
        ? 1 : 2
    }
    #expect(
      outcome.rounds == [
        [
          "lenet n=300 Dropout drop=0.2", "lenet n=300 Dropout drop=0.5",
          "lenet n=300 std-BP #1", "lenet n=300 std-BP #2",
        ],
        [
          "lenet n=300 Shakeout drop=0.5", "lenet n=300 Shakeout drop=0.2",
          "lenet n=300 Dropout #1", "lenet n=300 Dropout #2",
        ],
        ["lenet n=300 Shakeout #1", "lenet n=300 Shakeout #2"],
      ])
  }

  @Test func `final runs are interleaved trial by trial`() throws {
    let text = StudyFixture.small(
      ("{\"select\": [0.2, 0.5]}", "0.5"),
      ("{\"select\": [0, -0.3], \"relativeTo\": \"Dropout.drop\"}", "0.4"))
    let study = try StudyFixture.load(text).printingErrors()
    let cells = study.ready()
    #expect(cells.count == 2 * 2 * 3 * 2)
    #expect(cells.map(\.trial) == Array(repeating: 1, count: 12) + Array(repeating: 2, count: 12))
    #expect(
      names(Array(cells.prefix(7))) == [
        "lenet n=300 std-BP #1", "lenet n=300 Dropout #1", "lenet n=300 Shakeout #1",
        "lenet n=1000 std-BP #1", "lenet n=1000 Dropout #1", "lenet n=1000 Shakeout #1",
        "mlp n=300 std-BP #1",
      ])
    let done = cells.prefix(5).map { record($0) }
    #expect(study.ready(after: done) == Array(cells.dropFirst(5)))
  }

  @Test func `the lowest validation error wins, and the earlier of equal ones`() throws {
    let study = try StudyFixture.load(
      StudyFixture.small(("[0.2, 0.5]", "[0.2, 0.5, 0.7, 0.8]"), ("[300, 1000]", "[300]")),
      only: ["network=lenet", "arm=Dropout"]
    ).printingErrors()
    let cells = study.ready()
    #expect(cells.map(\.stage) == (0..<4).map { Cell.Stage.selection(candidate: $0) })
    #expect(cells.allSatisfy { $0.trial == 0 && $0.spec.trial == 0 })
    func chosen(_ errors: [Double], diverged: Int? = nil) -> Double? {
      let finished = zip(cells, errors).enumerated().map { index, pair in
        record(pair.0, error: pair.1, diverged: index == diverged)
      }
      return study.ready(after: finished).first?.hyperparameters.first?.value
    }
    #expect(chosen([3, 2, 2, 4]) == 0.5)
    #expect(chosen([3, 4, 2, 2]) == 0.7)
    #expect(chosen([.nan, 4, 5, 6]) == 0.5)
    #expect(chosen([1, 4, 5, 6], diverged: 0) == 0.5)
    #expect(chosen([.nan, .nan, .nan, .nan]) == 0.2)
  }

  @Test func `--only keeps the selections that the filtered runs depend on`() throws {
    let study = try StudyFixture.load(
      StudyFixture.small(), only: ["arm=Shakeout,n=300", "network=mlp"]
    ).printingErrors()
    let outcome = rounds(study) { _ in 5 }
    #expect(
      outcome.rounds == [
        ["mlp n=300 Dropout drop=0.2", "mlp n=300 Dropout drop=0.5"],
        ["mlp n=300 Shakeout #1", "mlp n=300 Shakeout #2"],
      ])
    #expect(study.rows.map(\.arm) == ["Shakeout"])
  }

  @Test func `offsets are rounded and stay probabilities`() throws {
    let study = try StudyFixture.config("mnist-shakeout.json", only: ["network=lenet,n=500"])
      .printingErrors()
    let finished = study.ready().filter { $0.arm == "Dropout" }.map { cell in
      record(cell, error: cell.hyperparameters[0].value == 0.3 ? 1 : 2)
    }
    let shakeout = study.ready(after: finished).filter { $0.arm == "Shakeout" }
    #expect(shakeout.count == 3 * 5)
    let drops = shakeout.map { $0.hyperparameters[0].value }
    #expect(drops == [0.3, 0.2, 0.1].flatMap { Array(repeating: $0, count: 5) })
    #expect(shakeout[2].hyperparameters[1].value == 1 / 500.0.squareRoot())
  }

  @Test func `counts are upper bounds by stage`() throws {
    let study = try StudyFixture.config("mnist-shakeout.json").printingErrors()
    func total(_ stage: String, _ runs: [PlannedRuns]) -> Int {
      runs.filter { $0.stage == stage }.reduce(0) { $0 + $1.count }
    }
    let bound = study.upperBound
    #expect(total("selection of Dropout", bound) == 2 * 6 * 10)
    #expect(total("selection of Shakeout", bound) == 2 * 6 * 20)
    #expect(total("final", bound) == 2 * 6 * 3 * 5)
    #expect(bound.reduce(0) { $0 + $1.count } == 540)
    let setup = try #require(bound.first?.example.spec.setup)
    #expect(setup.totalUpdates(try #require(setup.facts)) == 10_000)

    let cells = study.ready()
    let rest = study.agenda(after: cells.map { record($0) }).missingRuns
    #expect(total("selection of Dropout", rest) == 0)
    // Equal errors choose the first rate, 0.1, from which only the offset 0 stays a probability.
    #expect(total("selection of Shakeout", rest) == 2 * 6 * 5)
    #expect(total("final", rest) == 2 * 6 * 2 * 5)
  }

  @Test func `finished runs are never started again`() throws {
    let study = try StudyFixture.config("mnist-shakeout.json", profile: "smoke").printingErrors()
    let outcome = rounds(study) { _ in 50 }
    let all = outcome.rounds.flatMap { $0 }
    #expect(Set(all).count == all.count && outcome.agenda.finishedCount == all.count)
    #expect(outcome.agenda.missingRuns.isEmpty && outcome.agenda.missingCount == 0)
    #expect(all.count == 2 * 2 * (2 + 2 + 3))
  }

  @Test func `offsets may be relative to a fixed value`() throws {
    let text = StudyFixture.small(
      ("{\"select\": [0.2, 0.5]}", "0.6"), ("[300, 1000]", "[300]"),
      ("[0, -0.3]", "[0.3, 0, -0.3]"),
      ("\"1/sqrt(n)\"", "1"))
    let study = try StudyFixture.load(text, only: ["network=lenet", "arm=Shakeout"])
      .printingErrors()
    #expect(
      names(study.ready())
        == [
          "lenet n=300 Shakeout drop=0.9", "lenet n=300 Shakeout drop=0.6",
          "lenet n=300 Shakeout drop=0.3",
        ])
  }
}
