#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The two streams a command writes to: the product goes to standard output, talk to standard
/// error, so that a pipe gets the product alone.
enum StandardStreams {
  /// Writes what was asked for.
  /// - Throws: `Failure` with `.cannotWrite` if the stream does not take it, for example because it
  ///   leads to a full disk.
  static func product(_ text: String) throws(Failure) {
    guard write(text, to: STDOUT_FILENO) else {
      let reason = String(cString: strerror(errno))
      throw Failure(.cannotWrite, "cannot write to standard output: \(reason)")
    }
  }

  /// Writes a line of talk. Where nobody listens, it is lost.
  static func talk(_ line: String) {
    _ = write(line + "\n", to: STDERR_FILENO)
  }

  /// Writes to standard error without ending the line.
  static func draw(_ text: String) {
    _ = write(text, to: STDERR_FILENO)
  }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let written = Glibc.write(descriptor, start, rest.count)
        if written < 0 {
          if errno == EINTR { continue }
          return false
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
      return true
    }
  }
}
