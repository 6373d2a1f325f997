import Canonical
import Glibc
import Study
import System

/// Reads configs: files, pipes (`<(…)`) and standard input (`-`), each once and within bounds, so that
/// neither a device without an end nor a pipe without a writer holds a command up.
enum ConfigFile {
  /// More than any config is; larger files are taken for something else.
  private static let maximumBytes = 16 << 20
  /// How long a named pipe may be without a writer.
  private static let waitingSeconds = 1.0
  private static let namesOfStandardInput: Set = [
    "-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0",
  ]

  /// What messages call the file.
  static func displayName(of file: String) -> String {
    namesOfStandardInput.contains(file) ? "<stdin>" : file
  }

  /// Why a config cannot be read.
  struct Problem: ReportedError {
    /// `missing`, or `usage` for what is no config.
    let kind: ErrorKind
    let message: String
    var advice: String? { nil }
  }

  /// All bytes of a file, a pipe or standard input.
  static func read(_ file: String) throws(Problem) -> [UInt8] {
    if namesOfStandardInput.contains(file) { return try contents(of: STDIN_FILENO) }
    // Without O_NONBLOCK, opening a pipe waits for its writer.
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw .system }
    defer { close(descriptor) }
    return try contents(of: descriptor)
  }

  private static func contents(of descriptor: Int32) throws(Problem) -> [UInt8] {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw .system }
    let kind = info.st_mode & S_IFMT
    if kind == S_IFREG, info.st_size > maximumBytes { throw .tooLarge(maximumBytes) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 * 1024)
    let end = MonotonicClock.seconds() + waitingSeconds
    while true {
      let count = Glibc.read(descriptor, &block, block.count)
      if count > 0 {
        bytes += block[..<count]
        guard bytes.count <= maximumBytes else { throw .tooLarge(maximumBytes) }
      } else if count == 0 {
        if kind != S_IFIFO || !bytes.isEmpty || descriptor == STDIN_FILENO { return bytes }
        guard MonotonicClock.seconds() < end else {
          throw Problem(kind: .missing, message: "nothing is written to this pipe")
        }
        usleep(10_000)
      } else if errno == EAGAIN {
        // Somebody has the pipe open and has not written yet.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw .system
      }
    }
  }
}

extension ConfigFile.Problem {
  /// What `errno` says.
  fileprivate static var system: Self {
    Self(kind: .missing, message: SystemCall.reason(errno))
  }

  fileprivate static func tooLarge(_ maximum: Int) -> Self {
    Self(kind: .usage, message: "it is larger than \(maximum >> 20) MB, which no config is")
  }
}
