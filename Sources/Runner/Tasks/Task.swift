import Engine
import Study

/// What is trained and measured, without files, clocks and processes. A task may own several
/// networks and optimizers; its state is what a checkpoint keeps.
///
/// Everything a task computes is a function of its specification and of the number of the update,
/// so a task whose state was restored goes on with the same bits.
protocol Task: AnyObject {
  /// Updates of the whole training.
  var totalUpdates: Int { get }
  var imagesPerUpdate: Int { get }
  /// Whether to evaluate after `update` updates; always true at the end.
  func evaluationIsDue(after update: Int) -> Bool
  /// Whether training ends after `update` updates, of which the evaluation, if one was due, is done.
  func hasEnded(after update: Int) -> Bool

  /// Trains on one batch.
  /// - Parameter update: counted from 0, each exactly once and in order.
  /// - Returns: the batch's mean loss before the update.
  func step(_ update: Int) -> Double
  /// Measures the present weights, after `update` updates, on images that training does not see.
  func evaluate(after update: Int) -> Evaluation

  /// Curves that only a task of this kind has, once after the last update; by default none.
  func series() throws -> [Series]
  /// All that is measured once after the last update; by default `series` alone.
  func measure(_ training: FinishedTraining) throws -> FinalMeasurement

  /// All that training changes: weights, the optimizers' memory, and what is gathered on the way.
  var state: TaskState { get }
  /// The learned arrays alone.
  var weights: [NamedArray] { get }
}

/// What an evaluation measures.
struct Evaluation: Equatable {
  /// Percent of the validation images that are classified wrongly; nil without a validation set.
  var validationError: Double?
  /// Percent of the test images that are classified wrongly; nil where nothing is classified.
  var testError: Double?
  /// The mean loss of the validation images, in nats; nil without a validation set.
  var validationLoss: Double?
  /// What else was measured.
  var measures: [Measure] = []
}

/// What a task is told of its training after the end.
struct FinishedTraining {
  /// All evaluations.
  var curve: [CurvePoint]
  /// Whether loss or weights stopped being finite.
  var hasDiverged: Bool
}

/// What is measured once after the last update.
struct FinalMeasurement: Equatable {
  /// For the files below `series/`.
  var series: [Series] = []
  /// For the record, beside what the last evaluation measured.
  var measures: [Measure] = []
}

extension Task {
  /// None.
  func series() throws -> [Series] { [] }

  /// The task's own series.
  func measure(_ training: FinishedTraining) throws -> FinalMeasurement {
    FinalMeasurement(series: try series())
  }

  /// Only after all updates.
  func hasEnded(after update: Int) -> Bool { update >= totalUpdates }

  /// Whether every weight is a finite number.
  var weightsAreFinite: Bool {
    weights.allSatisfy { array in
      // x·0 is 0 for finite x and NaN otherwise, and NaN survives the sum.
      var sum: Float = 0
      for value in array.values { sum += value * 0 }
      return sum == 0
    }
  }
}
