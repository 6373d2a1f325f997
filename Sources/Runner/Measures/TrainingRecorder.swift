import Engine
import Study

/// A measurement that gathers its numbers while a network is trained.
protocol TrainingRecorder: AnyObject {
  /// `update` updates are done.
  func finished(update: Int)
  /// What a checkpoint keeps of it.
  var state: [NamedArray] { get }
  /// What was gathered.
  var series: Series { get }
}
