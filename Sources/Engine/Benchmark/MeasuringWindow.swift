import System

/// How long one window of a measurement is.
package enum MeasuringWindow: Hashable, Sendable {
  /// A number of steps.
  case steps(Int)
  /// As many steps as last about so many seconds, at least one; a first step decides.
  case seconds(Double)

  /// Warms up with two calls, then times windows.
  /// - Returns: seconds a call, the median over windows.
  func secondsPerCall(windows: Int, _ work: () -> Void) -> Double {
    for _ in 0..<2 { work() }
    let steps = max(1, count(work))
    var times: [Double] = []
    for _ in 0..<max(1, windows) {
      let start = MonotonicClock.seconds()
      for _ in 0..<steps { work() }
      times.append((MonotonicClock.seconds() - start) / Double(steps))
    }
    times.sort()
    return (times[(times.count - 1) / 2] + times[times.count / 2]) / 2
  }

  private func count(_ work: () -> Void) -> Int {
    switch self {
    case .steps(let steps): return steps
    case .seconds(let seconds):
      let start = MonotonicClock.seconds()
      work()
      let once = MonotonicClock.seconds() - start
      return Int(min(max(seconds / max(once, 1e-9), 1), 1e6).rounded())
    }
  }
}
