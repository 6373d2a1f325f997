/// One of several shares of a study: `0/4` is the first of four. Who has trained its share helps
/// with the others, so a share is an order of preference and never a limit.
package struct Shard: Equatable, Sendable {
  /// From 0.
  package let index: Int
  /// How many there are.
  package let count: Int

  /// A share; nil unless 0 ≤ index < count.
  package init?(_ index: Int, of count: Int) {
    guard count > 0, (0..<count).contains(index) else { return nil }
    self.index = index
    self.count = count
  }

  /// Reads `0/4`.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1] else { return nil }
    self.init(index, of: count)
  }

  /// Whether a run belongs to the share, whichever process asks and whatever is finished.
  func prefers(_ id: String) -> Bool {
    let number = id.utf8.reduce(0 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    // The low bits of a product depend on the low bits of the factors alone.
    return Int((number >> 32) % UInt64(count)) == index
  }
}
