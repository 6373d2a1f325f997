import Canonical
import Engine
import Study
import Testing

@testable import Runner

/// The worked example of the documentation does what the page says.
@Suite struct WeightNormsExampleTests {
  @Test func `it is taken in a training and changes no bit of it`() throws {
    let spec = try CellExample.spec(regularizers: "[]")
    let setup = try #require(spec.setup)
    let cell = try MeasuredCell(spec, setup, #require(setup.facts))
    let kinds = Kinds(WeightNorms.self)
    let taken = kinds.taken([WeightNorms(), Predictions()])
    #expect(taken.count == 1)
    let (task, plain) = (try CellExample.task(spec), try CellExample.task(spec))
    let network = try #require(task as? any NetworkTask)
    let run = MeasuredRun(
      cell: cell, subject: network,
      scale: EpochScale(
        updatesPerEpoch: setup.updatesPerEpoch(cell.facts), totalUpdates: task.totalUpdates))
    let recorder = try taken[0].recorder(of: run)
    for update in 0..<task.totalUpdates {
      recorder.begin(update: update)
      #expect(task.step(update) == plain.step(update))
      recorder.finished(update: update + 1)
    }
    let series = try recorder.measure(FinishedTraining(curve: [], hasDiverged: false)).series
    let points = try #require(series.first).points
    #expect(series.map(\.name) == ["weightNorms"] && points.map(\.x).max() == 4)
    let last = try #require(points.last { $0.curve == "fc1.weight" }).y
    let weights = try #require(task.weights.find("fc1.weight"))
    let squares = weights.reduce(0) { $0 + Double($1) * Double($1) }
    #expect(abs(last - squares.squareRoot()) < 1e-9)
    #expect(recorder.state.numbers.count == 2)
    withExtendedLifetime((task, plain)) {}
  }
}
