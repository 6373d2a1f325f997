import Glibc
import System

/// A thread that does one numbered piece of work at a time beside its owner, and sleeps in between.
///
/// What the work touches belongs to the thread from `start` until `wait` returns. Neither allocates.
final class SideThread {
  private let state: State
  private let thread: SystemThread

  /// Starts the thread, asleep; nil where the system gives none, and the owner does the work itself.
  init?(_ work: @escaping (Int) -> Void) {
    let state = State(work)
    guard let thread = SystemThread({ state.live() }) else { return nil }
    self.state = state
    self.thread = thread
  }

  deinit {
    state.stop()
    thread.join()
  }

  /// Lets the thread do piece `number`; the piece before must be done.
  func start(_ number: Int) { state.start(number) }

  /// Returns when the thread has nothing to do.
  func wait() { state.wait() }

  private final class State: @unchecked Sendable {
    private let work: (Int) -> Void
    private var number: Int?
    private var isStopping = false
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init(_ work: @escaping (Int) -> Void) {
      self.work = work
      pthread_mutex_init(mutex, nil)
      pthread_cond_init(change, nil)
    }

    deinit {
      pthread_mutex_destroy(mutex)
      pthread_cond_destroy(change)
      mutex.deallocate()
      change.deallocate()
    }

    func live() {
      pthread_mutex_lock(mutex)
      while !isStopping {
        if let number {
          pthread_mutex_unlock(mutex)
          work(number)
          pthread_mutex_lock(mutex)
          self.number = nil
          pthread_cond_broadcast(change)
        } else {
          pthread_cond_wait(change, mutex)
        }
      }
      pthread_mutex_unlock(mutex)
    }

    func start(_ piece: Int) {
      pthread_mutex_lock(mutex)
      number = piece
      pthread_cond_broadcast(change)
      pthread_mutex_unlock(mutex)
    }

    func wait() {
      pthread_mutex_lock(mutex)
      while number != nil { pthread_cond_wait(change, mutex) }
      pthread_mutex_unlock(mutex)
    }

    func stop() {
      pthread_mutex_lock(mutex)
      isStopping = true
      pthread_cond_broadcast(change)
      pthread_mutex_unlock(mutex)
    }
  }
}
