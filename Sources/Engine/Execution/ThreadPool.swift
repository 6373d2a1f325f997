import Glibc
import Synchronization
import System

/// Work that a pool cuts into numbered parts.
protocol PooledWork: AnyObject {
  /// Does one part on the given thread of the pool (0 is the caller).
  func perform(part: Int, thread: Int)
}

/// Threads that sleep between runs. The caller takes part in every run, so a pool of one has no
/// thread of its own. Which thread takes which part is not fixed; what a part computes must not
/// depend on it. A run allocates nothing.
package final class ThreadPool: @unchecked Sendable {
  /// Threads that work at once, the caller included.
  package let threads: Int
  private let state = PoolState()
  private var helpers: [SystemThread] = []

  /// Starts `threads` − 1 threads (at least none).
  package init(threads: Int) {
    self.threads = max(1, threads)
    for thread in stride(from: 1, to: self.threads, by: 1) {
      // Without the thread the caller does its share: slower, the same bits.
      if let helper = SystemThread({ [state] in state.work(thread: thread) }) {
        helpers.append(helper)
      }
    }
  }

  deinit {
    state.stop()
    for helper in helpers { helper.join() }
  }

  /// Does parts 0 ..< `parts` of `work`, in any order and on any thread, and returns when all are
  /// done. Not to be called from two threads at once, nor from within a part.
  func run(_ parts: Int, _ work: any PooledWork) {
    guard parts > 1, !helpers.isEmpty else {
      for part in 0..<max(parts, 0) { work.perform(part: part, thread: 0) }
      return
    }
    state.run(parts, work)
  }
}

/// What the threads of a pool share.
private final class PoolState: @unchecked Sendable {
  /// Generation (24 bits), number of parts (20) and next part (20) of the current run in one word:
  /// a thread that wakes late can neither take a part of a finished run nor miss a new one.
  private let ticket = Atomic<UInt64>(0)
  private let finished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let callerSleeps = Atomic<Bool>(false)
  private let stopping = Atomic<Bool>(false)
  private var current: (any PooledWork)?
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let done = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  private static let fieldBits: UInt64 = 20
  private static let fieldMask: UInt64 = (1 << 20) - 1
  /// Looks at the ticket before a thread goes to sleep: about 20 µs, longer than the gap between
  /// two stages of a pass, shorter than anything a neighbour on the machine would mind.
  private static let looks = 4000

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wake, nil)
    pthread_cond_init(done, nil)
  }

  deinit {
    pthread_cond_destroy(wake)
    pthread_cond_destroy(done)
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
    wake.deallocate()
    done.deallocate()
  }

  func run(_ parts: Int, _ work: any PooledWork) {
    precondition(parts <= Int(Self.fieldMask), "a run of \(parts) parts")
    current = work
    finished.store(0, ordering: .relaxed)
    let generation = ticket.load(ordering: .relaxed) >> (2 * Self.fieldBits) &+ 1
    ticket.store(
      generation << (2 * Self.fieldBits) | UInt64(parts) << Self.fieldBits,
      ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
      pthread_mutex_lock(mutex)
      pthread_cond_broadcast(wake)
      pthread_mutex_unlock(mutex)
    }
    takeParts(thread: 0)
    var look = 0
    while finished.load(ordering: .acquiring) != parts {
      look += 1
      if look > Self.looks { sleepUntilFinished(parts) }
    }
    current = nil
  }

  private func sleepUntilFinished(_ parts: Int) {
    pthread_mutex_lock(mutex)
    callerSleeps.store(true, ordering: .sequentiallyConsistent)
    while finished.load(ordering: .sequentiallyConsistent) != parts {
      pthread_cond_wait(done, mutex)
    }
    callerSleeps.store(false, ordering: .relaxed)
    pthread_mutex_unlock(mutex)
  }

  /// Takes parts of the current run until none is left.
  private func takeParts(thread: Int) {
    while true {
      let seen = ticket.load(ordering: .acquiring)
      let parts = seen >> Self.fieldBits & Self.fieldMask
      let part = seen & Self.fieldMask
      guard part < parts else { return }
      guard
        ticket.compareExchange(
          expected: seen, desired: seen + 1, ordering: .acquiringAndReleasing
        ).exchanged
      else { continue }
      // The part is ours, so the run cannot end and `current` stays.
      current?.perform(part: Int(part), thread: thread)
      let total = finished.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
      if total == Int(parts), callerSleeps.load(ordering: .sequentiallyConsistent) {
        pthread_mutex_lock(mutex)
        pthread_cond_signal(done)
        pthread_mutex_unlock(mutex)
      }
    }
  }

  private var hasParts: Bool {
    let seen = ticket.load(ordering: .sequentiallyConsistent)
    return seen & Self.fieldMask < seen >> Self.fieldBits & Self.fieldMask
  }

  /// The life of a thread of the pool.
  func work(thread: Int) {
    while !stopping.load(ordering: .acquiring) {
      takeParts(thread: thread)
      var look = 0
      while !hasParts, !stopping.load(ordering: .relaxed) {
        look += 1
        if look > Self.looks { sleepUntilWoken() }
      }
    }
  }

  private func sleepUntilWoken() {
    pthread_mutex_lock(mutex)
    sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    while !hasParts, !stopping.load(ordering: .sequentiallyConsistent) {
      pthread_cond_wait(wake, mutex)
    }
    sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(mutex)
  }

  func stop() {
    pthread_mutex_lock(mutex)
    stopping.store(true, ordering: .sequentiallyConsistent)
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(mutex)
  }
}
