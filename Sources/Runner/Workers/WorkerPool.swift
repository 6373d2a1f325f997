/// The workers of a study, as the scheduler sees them: processes in a run, objects in a test.
protocol WorkerPool: AnyObject {
  /// Starts a worker.
  /// - Parameter number: counted from 0; a number is used again after its worker has ended.
  func start(_ number: Int) throws
  /// Hands a message to a worker. One that has ended is no error: `wait` tells of it.
  func send(_ message: ParentMessage, to worker: Int)
  /// Ends a worker at once; nothing more is heard of it.
  func kill(_ worker: Int)
  /// Waits until something happens, or for about so long.
  func wait(milliseconds: Int32) -> [WorkerEvent]
  /// Processor time that a worker has taken, in the kernel's ticks; nil where it is not known.
  func processorTicks(of worker: Int) -> Int?
  /// Where a worker's words went that belong to no cell.
  func log(of worker: Int) -> String
}

/// What happens to workers.
enum WorkerEvent: Equatable {
  /// A worker says something.
  case message(Int, WorkerMessage)
  /// A worker is gone; the reason is a sentence without a full stop.
  case ended(Int, reason: String)
  /// The user wants the study to stop, so many times.
  case stopRequested(times: Int)
}
