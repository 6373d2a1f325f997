import Glibc
import Synchronization

/// Counts Ctrl-C, SIGTERM and SIGHUP while a study runs, so that they can be answered between two
/// events instead of ending the process.
///
/// They are caught rather than blocked: threads that libraries started earlier do not share this
/// thread's mask, and an unblocked one of them would end the process.
final class StopSignals {
  /// What asks a study to stop.
  static let numbers = [SIGINT, SIGTERM, SIGHUP]

  private static let arrived = Atomic<Int>(0)
  private let before: [__sighandler_t?]
  private var taken: Int

  /// Catches the signals.
  init() {
    taken = Self.arrived.load(ordering: .relaxed)
    before = Self.numbers.map { number in
      let old = signal(number) { _ in StopSignals.arrived.add(1, ordering: .relaxed) }
      // Who starts the study with nohup wants it to outlive the terminal.
      let isIgnored = unsafeBitCast(old, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
      if number == SIGHUP, isIgnored { signal(number, SIG_IGN) }
      return old
    }
  }

  /// Hands them back to whoever had them.
  deinit {
    for (number, handler) in zip(Self.numbers, before) { signal(number, handler) }
  }

  /// How many have arrived since the last question.
  func take() -> Int {
    let all = Self.arrived.load(ordering: .relaxed)
    defer { taken = all }
    return all - taken
  }
}
