import Canonical
import Durable
import Glibc

/// Gets one file from the network through the program curl, which writes into a pipe: nothing
/// reaches the disk before its digest is checked.
struct Download {
  /// The program; another one in tests.
  var program = "curl"

  /// Why nothing came.
  struct Failure: Error, Equatable {
    var address: String
    var reason: String
  }

  /// The file's bytes, of exactly this length and digest.
  func fetch(_ address: String, bytes: Int, sha256: String) throws(Failure) -> [UInt8] {
    let arguments = [
      program, "--fail", "--silent", "--show-error", "--location", "--proto-redir", "=https",
      "--connect-timeout", "15", "--speed-limit", "1000", "--speed-time", "30", address,
    ]
    let output = try run(arguments, address, most: bytes)
    guard output.count == bytes else {
      throw Failure(address: address, reason: "\(output.count) bytes came, expected \(bytes)")
    }
    let found = SHA256.hex(output)
    guard found == sha256 else {
      throw Failure(address: address, reason: "its SHA-256 is \(found), expected \(sha256)")
    }
    return output
  }

  /// Runs the program and returns what it wrote, one byte more than `most` at most.
  private func run(
    _ arguments: [String], _ address: String, most: Int
  ) throws(Failure) -> [UInt8] {
    var output: [Int32] = [-1, -1]
    var errors: [Int32] = [-1, -1]
    guard pipe(&output) == 0, pipe(&errors) == 0 else {
      throw Failure(address: address, reason: "no pipe: \(String(cString: strerror(errno)))")
    }
    for end in output + errors { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
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
    var process = pid_t()
    let status = posix_spawnp(&process, program, &actions, &attributes, words, environ)
    close(output[1])
    close(errors[1])
    defer { close(errors[0]) }
    guard status == 0 else {
      close(output[0])
      let reason = status == ENOENT ? "not installed" : String(cString: strerror(status))
      throw Failure(address: address, reason: "cannot start \(program): \(reason)")
    }
    // Reading stops behind the expected length, so an endless answer cannot fill the memory.
    let bytes = Self.drain(output[0], most: most + 1)
    close(output[0])
    let said = Self.drain(errors[0], most: 4096)
    var ending: Int32 = 0
    while waitpid(process, &ending, 0) < 0, errno == EINTR {}
    if ending != 0, bytes.count <= most {
      let words = String(decoding: said, as: UTF8.self).split(separator: "\n").last ?? ""
      throw Failure(address: address, reason: words.isEmpty ? "\(program) failed" : String(words))
    }
    return bytes
  }

  private static func drain(_ descriptor: Int32, most: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      while count < most {
        let got = read(descriptor, buffer.baseAddress.map { $0 + count }, most - count)
        if got > 0 { count += got } else if got == 0 || errno != EINTR { return }
      }
    }
  }
}
