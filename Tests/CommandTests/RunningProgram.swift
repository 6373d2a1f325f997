import Durable
import Glibc

/// A program that was started and has not been waited for.
final class RunningProgram {
  let process: pid_t
  private let output: String
  private let talk: String

  /// Starts a program in a folder with exactly this environment; its two streams go to files.
  /// - Throws: `FileError` if it cannot be started.
  init(
    _ program: String, _ arguments: [String], environment: [String: String], folder: String,
    output: String, talk: String
  ) throws(FileError) {
    self.output = output
    self.talk = talk
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, talk, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    // A group of its own: a signal to it is what Ctrl-C on a terminal is. Test threads block signals,
    // which a program would inherit.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))

    // `env` goes to the folder and becomes the program: Swift does not see the call that would.
    let words = (["env", "-C", folder, program] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    var child = pid_t()
    let code = posix_spawn(&child, "/usr/bin/env", &actions, &attributes, words, variables)
    guard code == 0 else { throw FileError(path: program, operation: .openForReading, code: code) }
    process = child
  }

  /// Sends a signal to the program and all it has started, as a terminal does.
  func signalGroup(_ number: Int32) { kill(-process, number) }

  /// Sends a signal to the program alone.
  func signal(_ number: Int32) { kill(process, number) }

  /// What it has said on standard error so far.
  var talkSoFar: String {
    ((try? FileContents.read(talk)).map { String(decoding: $0, as: UTF8.self) }) ?? ""
  }

  /// Waits until `condition` holds or the program has ended, looking again every few milliseconds.
  /// - Returns: whether it came to hold.
  func wait(until condition: () -> Bool) -> Bool {
    while !condition() {
      var information = siginfo_t()
      if waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT) != 0 {
        return false
      }
      if information.si_signo == SIGCHLD { return condition() }
      usleep(2000)
    }
    return true
  }

  /// Waits for its end.
  func wait() throws -> Outcome {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return Outcome(
      status: signal == 0 ? (status >> 8) & 0xFF : -signal,
      stdout: String(decoding: try FileContents.read(output), as: UTF8.self),
      stderr: String(decoding: try FileContents.read(talk), as: UTF8.self))
  }
}
