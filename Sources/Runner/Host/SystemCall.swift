import Glibc

/// What calls into the kernel need everywhere: going on after a signal, words for errors, a clock.
enum SystemCall {
  /// Repeats a call that a signal cut short.
  static func retrying(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }

  /// The kernel's words for an error number.
  static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// Seconds on a clock that nobody sets. It decides when something is written or said, never
  /// what.
  static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Keeps 0, 1 and 2 from being given to a pipe or file where the program was started without
  /// them.
  static func occupyStandardDescriptors() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is this one.
      _ = open("/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY)
    }
  }
}
