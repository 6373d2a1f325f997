import Datasets
import Durable
import Engine
import Model
import Weights

/// One sentence for each kind of error that can end a cell.
enum FailureReason {
  /// The sentence, without a full stop.
  static func text(_ error: any Error) -> String {
    switch error {
    case let error as RunnerError: error.message
    case let error as DatasetError: error.message
    case let error as FileError: error.message
    case let error as EngineError: error.message
    case let error as WeightsError: error.message
    case let error as ShapeError: "layer \"\(error.layer)\": \(error.message)"
    case let error as RegularizerConflict: "\(error.regularizer): \(error.message)"
    default: "\(error)"
    }
  }
}
