import Datasets
import Engine
import Model

/// A task that trains one network on images, at which measurements look.
protocol NetworkTask: Task {
  var network: Network { get }
  /// Where its images come from.
  var feed: ImageFeed { get }
  /// The root of the run's randomness.
  var root: RandomRoot { get }
  /// Called in every update of the training between the backward pass and the step; it changes
  /// nothing.
  var observeGradients: ((TrainingMoment) -> Void)? { get set }
}

/// A task whose network classifies images.
protocol ClassifyingTask: NetworkTask {
  /// The share of some images that is classified wrongly, in percent.
  func percentWrong(_ images: ImageSet, _ chosen: [Int32]) -> Double
}
