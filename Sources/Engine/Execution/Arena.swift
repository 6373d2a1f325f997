import Glibc

/// The memory of one network: a few large pieces that live as long as it does, handed out in
/// 64-byte-aligned arrays. Nothing is given back on its own.
final class Arena {
  /// Floats behind every array that may be read (never written) by vectors that run over its end.
  static let slack = 32
  /// Pieces grow with the network, between these sizes. What is never written takes no memory.
  private static let pieceBytes = 4 << 20...64 << 20
  /// A huge page of x86-64.
  private static let hugePageBytes = 2 << 20

  private var pieces: [(start: UnsafeMutableRawPointer, bytes: Int)] = []
  private var free: UnsafeMutableRawPointer?
  private var freeBytes = 0
  /// Bytes of all arrays, in whole huge pages.
  var byteCount: Int { Self.wholePages(arrayBytes) }
  private var arrayBytes = 0
  private let isOnlyCounted: Bool

  /// - Parameter isOnlyCounted: whether the arrays are never used, so that nothing is written to them
  ///   and the system need not find memory for them.
  init(isOnlyCounted: Bool = false) { self.isOnlyCounted = isOnlyCounted }

  deinit {
    for piece in pieces { munmap(piece.start, piece.bytes) }
  }

  /// An array of `count` floats with undefined content: NaN in debug builds, so that code which
  /// takes fresh memory for zeros fails its tests.
  func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
    let padded = (max(count, 0) + Self.slack + 15) & ~15
    let array = take(padded * MemoryLayout<Float>.stride)
      .bindMemory(to: Float.self, capacity: padded)
    if isOnlyCounted { return array }
    // Slack is read, so it must at least be there; what it holds never reaches a result.
    (array + count).update(repeating: 0, count: padded - count)
    #if DEBUG
      array.update(repeating: .nan, count: count)
    #endif
    return array
  }

  /// An array of `count` zeros.
  func zeros(_ count: Int) -> UnsafeMutablePointer<Float> {
    let array = floats(count)
    if !isOnlyCounted { array.update(repeating: 0, count: count) }
    return array
  }

  /// An array of `count` 32-bit integers with undefined content.
  func integers(_ count: Int) -> UnsafeMutablePointer<Int32> {
    let array = take((max(count, 1) * MemoryLayout<Int32>.stride + 63) & ~63)
      .bindMemory(to: Int32.self, capacity: max(count, 1))
    #if DEBUG
      if !isOnlyCounted { array.update(repeating: .min, count: count) }
    #endif
    return array
  }

  /// An array of `count` doubles with undefined content.
  func doubles(_ count: Int) -> UnsafeMutablePointer<Double> {
    let array = take((max(count, 1) * MemoryLayout<Double>.stride + 63) & ~63)
      .bindMemory(to: Double.self, capacity: max(count, 1))
    #if DEBUG
      if !isOnlyCounted { array.update(repeating: .nan, count: count) }
    #endif
    return array
  }

  private func take(_ bytes: Int) -> UnsafeMutableRawPointer {
    arrayBytes += bytes
    if let start = free, bytes <= freeBytes {
      free = start + bytes
      freeBytes -= bytes
      return start
    }
    let usual = min(max(byteCount, Self.pieceBytes.lowerBound), Self.pieceBytes.upperBound)
    let size = Self.wholePages(max(bytes, usual))
    let piece = map(size)
    pieces.append((piece, size))
    if size - bytes > freeBytes {
      free = piece + bytes
      freeBytes = size - bytes
    }
    return piece
  }

  private static func wholePages(_ bytes: Int) -> Int {
    (bytes + hugePageBytes - 1) / hugePageBytes * hugePageBytes
  }

  /// Memory from the system that begins where a huge page may begin, and may consist of such pages: most
  /// layers stream through more memory than the processor can translate in small ones. Not from
  /// `malloc`, which would keep some of it when the network is gone.
  private func map(_ size: Int) -> UnsafeMutableRawPointer {
    let page = Self.hugePageBytes
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | (isOnlyCounted ? MAP_NORESERVE : 0)
    guard let found = mmap(nil, size + page, PROT_READ | PROT_WRITE, flags, -1, 0),
      found != MAP_FAILED
    else { MemoryShortage.handler(size) }
    let before = -Int(bitPattern: found) & (page - 1)
    let start = found + before
    if before > 0 { munmap(found, before) }
    munmap(start + size, page - before)
    // Refused, it only costs speed.
    if !isOnlyCounted { madvise(start, size, MADV_HUGEPAGE) }
    return start
  }
}
