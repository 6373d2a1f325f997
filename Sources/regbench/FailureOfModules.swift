import Datasets
import Durable
import Engine
import Report
import Runner
import Weights

extension Failure {
  /// What a user hears of an error that a module threw; one that no module documents is a bug.
  init(_ error: any Error) {
    switch error {
    case let error as Failure: self = error
    case let error as DatasetError:
      self.init(
        ExitStatus(rawValue: error.exitCode) ?? .bug, error.message, advice: error.advice)
    case let error as WeightsError:
      self.init(
        ExitStatus(rawValue: error.exitCode) ?? .bug, error.message, advice: error.advice)
    case let error as FileError: self.init(file: error)
    case let error as RunnerError: self.init(Self.status(of: error), error.message)
    case let error as EngineError: self.init(.usage, error.message)
    case let error as ResultFolder.Problem: self.init(result: error)
    default: self.init(.bug, "a bug in regbench: \(error)", advice: "please report it")
    }
  }

  /// Does what only writes: whatever fails then, a result cannot be written.
  static func writing<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as FileError {
      throw Failure(.cannotWrite, error.message)
    }
  }

  /// Files that are only read are missing or unreadable; the others cannot be written.
  private init(file error: FileError) {
    let reads = ["open", "read", "list", "map", "look at"].contains(error.operation)
    self.init(reads ? .missingData : .cannotWrite, error.message)
  }

  private init(result problem: ResultFolder.Problem) {
    switch problem {
    case .unreadable(let error):
      self.init(
        .missingData, error.message,
        advice: error.isMissing
          ? "a result folder is what `regbench run` writes, for example results/my-study/smoke"
          : nil)
    case .damaged: self.init(.corruptData, printed: problem.message)
    case .invalidStudy: self.init(.usage, printed: problem.message)
    }
  }

  private static func status(of error: RunnerError) -> ExitStatus {
    switch error {
    case .folderInUse: .unavailable
    case .diskTooSmall: .cannotWrite
    case .damagedRecord: .corruptData
    case .memoryTooSmall, .cannotStartWorker, .unusableWorker: .unavailable
    case .impossibleCell: .usage
    }
  }
}
