import Synchronization
import Testing

@testable import Engine

@Suite struct ThreadPoolTests {
  /// Counts how often each part was done, and which threads did any.
  private final class Counter: PooledWork {
    let parts: Int
    let done: UnsafeMutablePointer<Int>
    let threads = Atomic<Int>(0)
    init(parts: Int) {
      self.parts = parts
      done = .allocate(capacity: max(parts, 1))
      done.initialize(repeating: 0, count: max(parts, 1))
    }
    deinit { done.deallocate() }
    func perform(part: Int, thread: Int) {
      done[part] += 1
      threads.bitwiseOr(1 << thread, ordering: .relaxed)
    }
    var counts: Set<Int> { Set((0..<parts).map { done[$0] }) }
  }

  @Test(arguments: [1, 2, 3, 5])
  func `every part is done once in every run`(threads: Int) {
    let pool = ThreadPool(threads: threads)
    for parts in [1, 2, 3, 8, 100] {
      let counter = Counter(parts: parts)
      for run in 1...300 {
        pool.run(parts, counter)
        #expect(counter.counts == [run])
      }
      #expect(counter.threads.load(ordering: .relaxed) < 1 << threads)
    }
  }

  @Test func `a run without parts does nothing`() {
    let counter = Counter(parts: 0)
    ThreadPool(threads: 2).run(0, counter)
    #expect(counter.threads.load(ordering: .relaxed) == 0)
  }

  @Test func `a pool of one is the caller`() {
    let counter = Counter(parts: 7)
    ThreadPool(threads: 0).run(7, counter)
    #expect(counter.counts == [1])
    #expect(counter.threads.load(ordering: .relaxed) == 1)
  }

  /// Pauses longer than any spinning between runs: threads must wake from real sleep.
  @Test func `sleeping threads wake`() async throws {
    let pool = ThreadPool(threads: 3)
    let counter = Counter(parts: 64)
    for run in 1...20 {
      try await Task.sleep(for: .milliseconds(2))
      pool.run(64, counter)
      #expect(counter.counts == [run])
    }
  }

  @Test func `many pools can be created and destroyed`() {
    for _ in 0..<50 {
      let counter = Counter(parts: 4)
      ThreadPool(threads: 4).run(4, counter)
      #expect(counter.counts == [1])
    }
  }
}
