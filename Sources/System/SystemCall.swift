import Glibc

/// What calls into the kernel need everywhere.
package enum SystemCall {
  /// Repeats a call that a signal cut short; −1, with the reason in `errno`, is any other failure.
  @discardableResult
  package static func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }

  /// The kernel's words for an error number.
  package static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// Writes all of the bytes, however often the kernel takes only a part.
  /// - Returns: whether it took all of them; the reason is in `errno` otherwise.
  package static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let count = retrying { write(descriptor, part.baseAddress, part.count) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// A pipe that no child inherits unless it is given to it; nil, with the reason in `errno`, where
  /// the system gives none. It lies above the standard descriptors once those are occupied.
  package static func makePipe() -> (reading: Int32, writing: Int32)? {
    var ends: [Int32] = [-1, -1]
    // Swift does not see pipe2(2), which would do both at once.
    return ChildProcess.starts.withLock { _ in
      guard pipe(&ends) == 0 else { return nil }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return (ends[0], ends[1])
    }
  }

  /// Keeps 0, 1 and 2 from being given to a pipe or file where the program was started without
  /// them.
  package static func occupyStandardDescriptors() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is this one.
      _ = open("/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY)
    }
  }
}
