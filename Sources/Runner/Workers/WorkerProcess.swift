import Durable
import Glibc
import System

/// A worker's process with the pipes to it.
final class WorkerProcess {
  /// Messages to and from it.
  let pipe: MessagePipe
  private let process: ChildProcess
  /// How long one that was killed is waited for: a process that hangs in the kernel does not even end
  /// by that.
  private static let endSeconds = 2.0

  /// Starts `<program> worker <options>`, whose standard error goes to the end of `log`.
  init(program: String, log: String, options: [String]) throws {
    let descriptor = try LogFile.open(log)
    defer { close(descriptor) }
    let down = try Self.makePipe(program)
    let up: (reading: Int32, writing: Int32)
    do { up = try Self.makePipe(program) } catch {
      close(down.reading)
      close(down.writing)
      throw error
    }
    pipe = MessagePipe(input: up.reading, output: down.writing)
    defer {
      close(down.reading)
      close(up.writing)
    }
    var settings = ChildProcess.Settings(
      input: down.reading, output: up.writing, errors: descriptor)
    // The terminal sends Ctrl-C to the whole process group. The worker leaves it to its parent's
    // message, and until it can say so itself, the signals are held back for it.
    settings.heldSignals = StopSignals.numbers
    do throws(ChildProcess.StartError) {
      process = try ChildProcess(
        program, ["regbench", "worker"] + options, settings)
    } catch {
      throw RunnerError.cannotStartWorker(program: program, code: error.code)
    }
  }

  deinit {
    kill()
    _ = process.wait(seconds: Self.endSeconds)
  }

  /// What the kernel tells about it; nil if it has ended.
  var activity: ProcessActivity? { ProcessActivity(of: process.process) }

  /// Ends it at once, if it has not ended.
  func kill() { process.kill() }

  /// Waits for its end and says how it came about: a sentence without a full stop.
  func waitForEnd() -> String {
    switch process.wait(seconds: Self.endSeconds) {
    case nil, .unknown: "the worker has ended"
    case .exited(let code): "the worker ended with exit code \(code)"
    case .signalled(SIGKILL):
      "the worker was ended by signal 9 (Killed), as the system does where memory is short"
    case .signalled(let number):
      "the worker was ended by signal \(number) (\(String(cString: strsignal(number))))"
    }
  }

  private static func makePipe(
    _ program: String
  ) throws(RunnerError) -> (reading: Int32, writing: Int32) {
    guard let pipe = SystemCall.makePipe() else {
      throw .cannotStartWorker(program: program, code: errno)
    }
    return pipe
  }
}
