/// The part of a message that does not fill a block of 64 bytes yet, and the message's length: what
/// hash functions of the family of MD5 and SHA-256 have in common.
struct DigestBlocks: Sendable {
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  /// Nothing so far.
  init() { pending.reserveCapacity(128) }

  /// Adds bytes, and hands whole blocks on.
  mutating func add(
    _ bytes: UnsafeRawBufferPointer, absorb: (_ blocks: UnsafeRawBufferPointer) -> Void
  ) {
    length &+= UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let taken = rest.prefix(64 - pending.count)
      pending += taken
      rest = rest.dropFirst(taken.count)
      guard pending.count == 64 else { return }
      pending.withUnsafeBytes(absorb)
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count / 64 * 64
    if whole > 0 { absorb(UnsafeRawBufferPointer(rebasing: rest.prefix(whole))) }
    pending += rest.dropFirst(whole)
  }

  /// What fills the message's last block: a bit, zeros, and the length in bits, whose bytes stand in
  /// the order that the hash function wants.
  func padding(_ order: (UInt64) -> UInt64) -> [UInt8] {
    [0x80] + [UInt8](repeating: 0, count: (119 - pending.count) % 64)
      + withUnsafeBytes(of: order(length &* 8)) { Array($0) }
  }
}
