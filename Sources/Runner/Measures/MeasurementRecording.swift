import Canonical
import Engine
import Model
import Study

/// How a measurement is taken. One file holds one; what its keys are stands in Study. All kinds of the
/// registry must be taken: `MeasurementRegistry.kinds.taken` does not compile otherwise.
protocol TakenMeasurement: Measurement {
  /// Images that go forward through the network for its sake, beyond training and its evaluations.
  func images(in cell: MeasuredCell) -> Double
  /// What takes it in one run.
  /// - Throws: `MeasurementMisfit`, `RunnerError` where the run has not what is measured.
  func recorder(of run: MeasuredRun) throws -> any MeasurementRecorder
}

extension Kinds where repeat each Kind: TakenMeasurement {
  /// Measurements as they are taken, in the order of the registry.
  func taken(_ measurements: [any Measurement]) -> [any TakenMeasurement] {
    var taken: [any TakenMeasurement] = []
    func add<Found: TakenMeasurement>(_ kind: Found.Type) {
      taken += measurements.compactMap { $0 as? Found }
    }
    repeat add((each Kind).self)
    return taken
  }
}

/// Takes one measurement in the course of one run, whose bits it does not change.
protocol MeasurementRecorder: AnyObject {
  /// Update number `update`, counted from 0, is about to begin.
  func begin(update: Int)
  /// `update` updates are done.
  func finished(update: Int)
  /// What is measured at every evaluation.
  func evaluate() -> [Measure]
  /// What a checkpoint keeps of what was gathered.
  var state: TaskState { get }
  /// What was gathered and what is measured after the last update.
  func measure(_ training: FinishedTraining) throws -> FinalMeasurement
}

extension MeasurementRecorder {
  func begin(update: Int) {}
  func finished(update: Int) {}
  func evaluate() -> [Measure] { [] }
  var state: TaskState { TaskState() }
}

/// A measurement of the final weights. Of a network whose weights are no numbers nothing is measured.
final class FinalWeightsRecorder: MeasurementRecorder {
  private let body: () throws -> FinalMeasurement

  init(_ body: @escaping () throws -> FinalMeasurement) { self.body = body }

  func measure(_ training: FinishedTraining) throws -> FinalMeasurement {
    training.hasDiverged ? FinalMeasurement() : try body()
  }
}

/// A run as measurements look at it.
struct MeasuredRun {
  let cell: MeasuredCell
  /// The task that trains the network, below whatever wraps it; nil where several are trained.
  let subject: (any NetworkTask)?
  let scale: EpochScale

  /// The task that trains the one network.
  func network(for measurement: String) throws(RunnerError) -> any NetworkTask {
    guard let subject else {
      throw .impossibleCell(reason: "\(measurement): the run does not train one network on images")
    }
    return subject
  }

  /// The task whose network classifies.
  func classifier(for measurement: String) throws(RunnerError) -> any ClassifyingTask {
    guard let classifier = subject as? any ClassifyingTask else {
      throw .impossibleCell(reason: "\(measurement): the run does not train one classifier")
    }
    return classifier
  }
}

extension Network {
  /// Learned arrays by name.
  func parameters(named names: [String]) -> [Parameter] {
    names.compactMap { name in parameters.first { $0.spec.name == name } }
  }
}

/// The epochs of a training as curves count them.
struct EpochScale {
  /// Updates in an epoch, at least 1.
  let updatesPerEpoch: Int
  /// Updates of the whole training.
  let totalUpdates: Int

  /// How many epochs are begun, the last perhaps not ended.
  var count: Int { (totalUpdates + updatesPerEpoch - 1) / updatesPerEpoch }

  /// Epochs that are done after so many updates.
  func x(after update: Int) -> Double { Double(update) / Double(updatesPerEpoch) }

  /// Where the end of an epoch, counted from 0, lies.
  func end(of epoch: Int) -> Double {
    x(after: min(totalUpdates, (epoch + 1) * updatesPerEpoch))
  }

  /// The epoch that ends after so many updates, from 0; nil if none does.
  func epoch(endingAfter update: Int) -> Int? {
    guard update > 0, update % updatesPerEpoch == 0 || update == totalUpdates else { return nil }
    return (update - 1) / updatesPerEpoch
  }
}
