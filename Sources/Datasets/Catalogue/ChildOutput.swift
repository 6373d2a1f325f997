import Glibc

/// A program that was started and what it writes.
final class ChildOutput {
  private let output: Int32
  private let errors: Int32
  private var process = pid_t()

  /// Starts the program with these arguments, its own name first.
  init(_ program: String, _ arguments: [String], _ address: String) throws(Download.Failure) {
    var output: [Int32] = [-1, -1]
    var errors: [Int32] = [-1, -1]
    guard pipe(&output) == 0, pipe(&errors) == 0 else {
      throw Download.Failure(
        address: address, reason: "no pipe: \(String(cString: strerror(errno)))")
    }
    for end in output + errors { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    self.output = output[0]
    self.errors = errors[0]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO)
    // Threads may have signals blocked or ignored; the program must die of them like any other.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var broken = sigset_t()
    sigemptyset(&none)
    sigemptyset(&broken)
    sigaddset(&broken, SIGPIPE)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &broken)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    words.append(nil)
    defer { words.forEach { free($0) } }
    let status = posix_spawnp(&process, program, &actions, &attributes, words, environ)
    close(output[1])
    close(errors[1])
    guard status == 0 else {
      close(output[0])
      close(errors[0])
      process = 0
      let reason = status == ENOENT ? "not installed" : String(cString: strerror(status))
      throw Download.Failure(address: address, reason: "cannot start \(program): \(reason)")
    }
  }

  /// The next bytes of its output; 0 is the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    Self.read(output, into: buffer)
  }

  /// Closes its output, on which it ends if it has not, and waits for it.
  /// - Returns: 0 if all went well, and its last words otherwise.
  func finish() -> (status: Int32, words: String) {
    close(output)
    let room = HeapBytes(count: 4096)
    var filled = 0
    while filled < room.count {
      let got = Self.read(
        errors, into: UnsafeMutableRawBufferPointer(rebasing: room.raw[filled...]))
      if got == 0 { break }
      filled += got
    }
    close(errors)
    var ending: Int32 = 0
    while waitpid(process, &ending, 0) < 0, errno == EINTR {}
    let said = String(decoding: room.buffer.prefix(filled), as: UTF8.self)
    return (ending, said.split(separator: "\n").last.map { String($0) } ?? "")
  }

  private static func read(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    while true {
      let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if got >= 0 { return got }
      if errno != EINTR { return 0 }
    }
  }
}
