import Durable
import Glibc

/// A worker's process with the pipes to it.
final class WorkerProcess {
  /// Messages to and from it.
  let pipe: MessagePipe
  private let process: pid_t
  private var isReaped = false

  /// Starts `<program> worker`, whose standard error goes to the end of `log`.
  init(program: String, log: String, isNice: Bool) throws {
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

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, down.reading, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, up.writing, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, descriptor, STDERR_FILENO)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The terminal sends Ctrl-C to the whole process group. The worker leaves it to its parent's
    // message, and until it can say so itself, the signals are held back for it.
    var held = sigset_t()
    sigemptyset(&held)
    for number in StopSignals.numbers { sigaddset(&held, number) }
    posix_spawnattr_setsigmask(&attributes, &held)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    var arguments = Self.cStrings(["regbench", "worker"] + (isNice ? ["--nice"] : []))
    var environment = Self.cStrings(Self.environment())
    defer {
      for string in arguments + environment { free(string) }
    }
    var started = pid_t()
    let code = posix_spawn(&started, program, &actions, &attributes, &arguments, &environment)
    guard code == 0 else { throw RunnerError.cannotStartWorker(program: program, code: code) }
    process = started
  }

  deinit {
    kill()
    _ = waitForEnd()
  }

  /// Ends it at once, if it has not ended.
  func kill() { if !isReaped { _ = Glibc.kill(process, SIGKILL) } }

  /// Waits for its end and says how it came about: a sentence without a full stop.
  func waitForEnd() -> String {
    guard !isReaped else { return "the worker has ended" }
    var status: Int32 = 0
    let found = SystemCall.retrying { Int(waitpid(process, &status, 0)) }
    isReaped = true
    guard found >= 0 else { return "the worker has ended" }
    let signal = status & 0x7F
    guard signal != 0 else { return "the worker ended with exit code \((status >> 8) & 0xFF)" }
    return "the worker was ended by signal \(signal) (\(String(cString: strsignal(signal))))"
  }

  /// The parent's environment, with one thread for OpenBLAS, which reads it when it is loaded.
  private static func environment() -> [String] {
    let fixed = ["OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1"]
    var inherited: [String] = []
    var entry = environ
    while let text = entry.pointee {
      inherited.append(String(cString: text))
      entry += 1
    }
    let names = fixed.map { $0.prefix { $0 != "=" } + "=" }
    return inherited.filter { line in !names.contains { line.hasPrefix($0) } } + fixed
  }

  private static func cStrings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { strdup($0) } + [nil]
  }

  /// A pipe above the standard descriptors that no other child inherits.
  private static func makePipe(
    _ program: String
  ) throws(RunnerError) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else {
      throw .cannotStartWorker(program: program, code: errno)
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}
