import CSHA256

/// The hash function SHA-256 (FIPS 180-4). Whole data sets go through it, so it uses the processor's
/// instructions for it where there are some.
package struct SHA256: Sendable {
  private var state: SIMD8<UInt32> = [
    0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A,
    0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
  ]
  private var blocks = DigestBlocks()
  private let byInstructions: Bool

  /// A hash of nothing so far.
  package init() { self.init(byInstructions: Self.hasInstructions) }

  /// The same with the processor's instructions, which it then must have, or without them.
  init(byInstructions: Bool) {
    self.byInstructions = byInstructions
  }

  /// The digest of `bytes` in 64 hexadecimal digits.
  package static func hex(_ bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finishHex()
  }

  /// The digest in 64 hexadecimal digits; the hash is spent afterwards.
  package mutating func finishHex() -> String {
    HexText.of(finish())
  }

  /// Adds bytes.
  package mutating func update(_ bytes: some Sequence<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
    if done == nil {
      Array(bytes).withUnsafeBytes { update($0) }
    }
  }

  /// Adds bytes in memory.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var state = state
    blocks.add(bytes) { [byInstructions] in
      if byInstructions {
        Self.compressByInstructions($0, &state)
      } else {
        Self.compressInSwift($0, &state)
      }
    }
    self.state = state
  }

  /// The digest, 32 bytes; the hash is spent afterwards.
  package mutating func finish() -> [UInt8] {
    blocks.padding(\.bigEndian).withUnsafeBytes { update($0) }
    return (0..<32).map { UInt8(truncatingIfNeeded: state[$0 / 4] >> UInt32(24 - $0 % 4 * 8)) }
  }

  /// Whether the processor has instructions for SHA-256.
  static let hasInstructions = regbench_sha256_has_instructions() != 0

  /// Absorbs whole blocks of 64 bytes.
  private static func compressByInstructions(
    _ blocks: UnsafeRawBufferPointer, _ state: inout SIMD8<UInt32>
  ) {
    constants.withUnsafeBufferPointer { k in
      withUnsafeMutableBytes(of: &state) { words in
        regbench_sha256_compress(
          words.assumingMemoryBound(to: UInt32.self).baseAddress,
          blocks.assumingMemoryBound(to: UInt8.self).baseAddress, blocks.count / 64,
          k.baseAddress)
      }
    }
  }

  private static func compressInSwift(
    _ blocks: UnsafeRawBufferPointer, _ state: inout SIMD8<UInt32>
  ) {
    guard !blocks.isEmpty, let base = blocks.baseAddress else { return }
    constants.withUnsafeBufferPointer { k in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { w in
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for block in stride(from: 0, to: blocks.count, by: 64) {
          for i in 0..<16 {
            w[i] = UInt32(bigEndian: (base + block + 4 * i).loadUnaligned(as: UInt32.self))
          }
          for i in 16..<64 {
            w[i] = w[i - 16] &+ smallSigma0(w[i - 15]) &+ w[i - 7] &+ smallSigma1(w[i - 2])
          }
          let before = SIMD8(a, b, c, d, e, f, g, h)
          // Eight rounds with the names moved on instead of the values.
          for i in stride(from: 0, to: 64, by: 8) {
            round(a, b, c, &d, e, f, g, &h, k[i] &+ w[i])
            round(h, a, b, &c, d, e, f, &g, k[i + 1] &+ w[i + 1])
            round(g, h, a, &b, c, d, e, &f, k[i + 2] &+ w[i + 2])
            round(f, g, h, &a, b, c, d, &e, k[i + 3] &+ w[i + 3])
            round(e, f, g, &h, a, b, c, &d, k[i + 4] &+ w[i + 4])
            round(d, e, f, &g, h, a, b, &c, k[i + 5] &+ w[i + 5])
            round(c, d, e, &f, g, h, a, &b, k[i + 6] &+ w[i + 6])
            round(b, c, d, &e, f, g, h, &a, k[i + 7] &+ w[i + 7])
          }
          (a, b, c, d) = (a &+ before[0], b &+ before[1], c &+ before[2], d &+ before[3])
          (e, f, g, h) = (e &+ before[4], f &+ before[5], g &+ before[6], h &+ before[7])
        }
        state = SIMD8(a, b, c, d, e, f, g, h)
      }
    }
  }

  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ input: UInt32
  ) {
    let sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    let choice = g ^ (e & (f ^ g))
    let t = h &+ sum1 &+ choice &+ input
    let sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    let majority = (a & b) | (c & (a | b))
    d = d &+ t
    h = t &+ sum0 &+ majority
  }

  @inline(__always)
  private static func smallSigma0(_ x: UInt32) -> UInt32 {
    rotate(x, 7) ^ rotate(x, 18) ^ (x &>> 3)
  }

  @inline(__always)
  private static func smallSigma1(_ x: UInt32) -> UInt32 {
    rotate(x, 17) ^ rotate(x, 19) ^ (x &>> 10)
  }

  @inline(__always)
  private static func rotate(_ x: UInt32, _ bits: UInt32) -> UInt32 {
    (x &>> bits) | (x &<< (32 &- bits))
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}
