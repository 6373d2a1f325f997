import Glibc

/// Memory that lives as long as this object and can grow at its end. Pages that nobody has written
/// to take no memory, and large blocks grow without being copied.
final class HeapBytes: @unchecked Sendable {
  /// What is in use.
  private(set) var raw: UnsafeMutableRawBufferPointer
  private var start: UnsafeMutableRawPointer
  private var capacity: Int

  /// Takes memory; its contents are undefined.
  init(count: Int) {
    capacity = max(count, 64)
    start = Self.memory(malloc(capacity), capacity)
    raw = UnsafeMutableRawBufferPointer(start: start, count: count)
  }

  deinit { free(start) }

  var count: Int { raw.count }

  /// The same memory as bytes; whoever uses it keeps this object, and does not let it grow.
  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(raw.bindMemory(to: UInt8.self)) }

  /// Grows by `more` bytes and returns them, undefined; older pointers into this memory are void.
  func append(_ more: Int) -> UnsafeMutableRawBufferPointer {
    let old = raw.count
    if old + more > capacity {
      capacity = max(capacity * 2, old + more)
      start = Self.memory(realloc(start, capacity), capacity)
    }
    raw = UnsafeMutableRawBufferPointer(start: start, count: old + more)
    return UnsafeMutableRawBufferPointer(rebasing: raw[old...])
  }

  /// Takes the last bytes away again.
  func shorten(to count: Int) {
    raw = UnsafeMutableRawBufferPointer(start: start, count: min(count, raw.count))
  }

  private static func memory(
    _ found: UnsafeMutableRawPointer?, _ count: Int
  ) -> UnsafeMutableRawPointer {
    if let found { return found }
    // Nothing can go on without it, but a sentence and an exit code say more than a trap.
    let message = "error: no memory for \(count) bytes of images; use fewer jobs at once\n"
    _ = message.utf8.withContiguousStorageIfAvailable { write(2, $0.baseAddress, $0.count) }
    exit(70)
  }
}
