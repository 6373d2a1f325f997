import Model
import Study

/// The updates of one training, counted from 0: the epoch and the learning rate of each, and after
/// which of them the network is evaluated.
struct TrainingCourse {
  /// Updates of the whole training.
  let totalUpdates: Int
  /// Updates in an epoch, at least 1.
  let updatesPerEpoch: Int
  let imagesPerUpdate: Int
  private let schedule: LearningRateSchedule
  private let evaluation: EvaluationSpec

  /// The training of a cell on so many images.
  init(_ setup: TrainingSetup, images: Int) {
    let training = setup.recipe
    totalUpdates = training.totalUpdates(images: images)
    updatesPerEpoch = max(1, training.updatesPerEpoch(images: images))
    imagesPerUpdate = training.batch
    schedule = training.learningRate
    evaluation = setup.evaluation
  }

  func learningRate(of update: Int) -> Double {
    schedule.rate(update: update, updatesPerEpoch: updatesPerEpoch)
  }

  /// Where in the training an update stands.
  func moment(of update: Int) -> TrainingMoment {
    TrainingMoment(
      epoch: update / updatesPerEpoch, epochs: Double(totalUpdates) / Double(updatesPerEpoch))
  }

  /// Whether to evaluate after so many updates: always at the end, never before the first.
  func evaluationIsDue(after update: Int) -> Bool {
    update > 0
      && evaluation.isDue(after: update, of: totalUpdates, updatesPerEpoch: updatesPerEpoch)
  }

  /// Updates from one evaluation to the next.
  var evaluationInterval: Int {
    evaluation.interval(total: totalUpdates, updatesPerEpoch: updatesPerEpoch)
  }
}

/// A task that is one training and nothing before or around it.
protocol CourseTask: Task {
  /// Its updates.
  var course: TrainingCourse { get }
}

extension CourseTask {
  var totalUpdates: Int { course.totalUpdates }
  var imagesPerUpdate: Int { course.imagesPerUpdate }
  func evaluationIsDue(after update: Int) -> Bool { course.evaluationIsDue(after: update) }
}
