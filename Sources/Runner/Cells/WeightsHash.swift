import Canonical
import Engine

/// A fingerprint of learned weights, to tell whether two trainings gave the same bits.
enum WeightsHash {
  /// The SHA-256, in hexadecimal, of all arrays in the order of their names: name, a zero byte,
  /// the count in eight bytes, the values in four bytes each, all with the lowest byte first.
  static func of(_ arrays: [NamedArray]) -> String {
    var hash = SHA256()
    for array in arrays.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
      hash.update(Array(array.name.utf8) + [0])
      hash.update((0..<8).map { UInt8(truncatingIfNeeded: array.values.count >> ($0 * 8)) })
      hash.update(UnsafeRawBufferPointer(array.values))
    }
    return hash.finishHex()
  }
}
