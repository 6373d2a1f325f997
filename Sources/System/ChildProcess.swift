import Glibc
import Synchronization

/// A process that this one has started.
package final class ChildProcess {
  /// How a child ended.
  package enum Ending: Equatable, Sendable {
    case exited(code: Int32)
    case signalled(Int32)
    /// Somebody else has asked for it before.
    case unknown
  }

  /// What a child is started with beside its program and arguments.
  package struct Settings {
    /// Its standard input, output and error; nil input is an empty one.
    package var input: Int32?
    package var output: Int32
    package var errors: Int32
    /// Signals that are held back for it until it says otherwise; all others reach it.
    package var heldSignals: [Int32] = []
    /// Variables that it gets beside, or instead of, those of this process.
    package var environment: [String: String] = [:]

    package init(input: Int32?, output: Int32, errors: Int32) {
      self.input = input
      self.output = output
      self.errors = errors
    }
  }

  /// Why a child could not be started.
  package struct StartError: Error, Equatable, Sendable {
    /// The kernel's number.
    package var code: Int32
  }

  /// Held while a child is started, and while descriptors are made that it must not inherit.
  static let starts = Mutex(())

  package let process: pid_t
  private var ending: Ending?

  /// Starts a program, looked for on the `PATH` where it has no slash; `arguments` begin with its
  /// own name.
  package init(
    _ program: String, _ arguments: [String], _ settings: Settings
  ) throws(StartError) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input = settings.input {
      posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, settings.output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, settings.errors, STDERR_FILENO)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // This process ignores broken pipes and oversized files; its children must die of them like any
    // other program.
    var restored = sigset_t()
    sigemptyset(&restored)
    for number in [SIGPIPE, SIGXFSZ] { sigaddset(&restored, number) }
    posix_spawnattr_setsigdefault(&attributes, &restored)
    var held = sigset_t()
    sigemptyset(&held)
    for number in settings.heldSignals { sigaddset(&held, number) }
    posix_spawnattr_setsigmask(&attributes, &held)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))

    let words = Self.cStrings(arguments)
    let variables = Self.cStrings(Self.environment(with: settings.environment))
    defer { for string in words + variables { free(string) } }
    var started = pid_t()
    let code = Self.starts.withLock { _ in
      posix_spawnp(&started, program, &actions, &attributes, words, variables)
    }
    guard code == 0 else { throw StartError(code: code) }
    process = started
  }

  /// Ends it at once, if it has not ended.
  package func kill() { if ending == nil { _ = Glibc.kill(process, SIGKILL) } }

  /// Waits for its end.
  @discardableResult
  package func wait() -> Ending {
    if let ending { return ending }
    var status: Int32 = 0
    let found = SystemCall.retrying { waitpid(process, &status, 0) }
    return take(found > 0 ? status : nil)
  }

  /// Waits for its end, at most so long; nil if it has not ended by then.
  package func wait(seconds: Double) -> Ending? {
    if let ending { return ending }
    let end = MonotonicClock.seconds() + seconds
    while true {
      var status: Int32 = 0
      let found = SystemCall.retrying { waitpid(process, &status, WNOHANG) }
      if found != 0 { return take(found > 0 ? status : nil) }
      guard MonotonicClock.seconds() < end else { return nil }
      usleep(5000)
    }
  }

  private func take(_ status: Int32?) -> Ending {
    let new: Ending =
      switch status {
      case nil: .unknown
      case let status? where status & 0x7F != 0: .signalled(status & 0x7F)
      case let status?: .exited(code: (status >> 8) & 0xFF)
      }
    ending = new
    return new
  }

  /// This process's environment with some variables changed.
  private static func environment(with changes: [String: String]) -> [String] {
    var lines: [String] = []
    var entry = environ
    while let text = entry.pointee {
      lines.append(String(cString: text))
      entry += 1
    }
    let kept = lines.filter { line in !changes.keys.contains { line.hasPrefix("\($0)=") } }
    return kept + changes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  }

  private static func cStrings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { strdup($0) } + [nil]
  }
}
