import Glibc

/// A clock that never goes back and that nobody sets. It decides when something is written or said,
/// never what.
package enum MonotonicClock {
  /// Seconds since some moment.
  package static func seconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
  }
}
