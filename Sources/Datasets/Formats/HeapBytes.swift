/// Memory that lives as long as this object.
final class HeapBytes: @unchecked Sendable {
  let raw: UnsafeMutableRawBufferPointer

  /// Takes memory; its contents are undefined.
  init(count: Int) { raw = .allocate(byteCount: count, alignment: 64) }

  deinit { raw.deallocate() }

  /// The same memory as bytes; whoever uses it keeps this object.
  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(raw.bindMemory(to: UInt8.self)) }
}
