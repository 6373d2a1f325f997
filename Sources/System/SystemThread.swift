import Glibc

/// A thread of the operating system. It leaves signals to the main thread.
package final class SystemThread {
  private var handle = pthread_t()
  private var isJoined = false

  /// Starts a thread that runs `body`; nil where the system gives none.
  package init?(_ body: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(body))
    let code = pthread_create(
      &handle, nil,
      { argument in
        guard let argument else { return nil }
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      work.release()
      return nil
    }
  }

  deinit { join() }

  /// Returns when the thread has ended.
  package func join() {
    if isJoined { return }
    isJoined = true
    pthread_join(handle, nil)
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
