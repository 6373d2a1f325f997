/// Bytes as hexadecimal digits.
package enum HexText {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Two lower-case digits a byte.
  package static func of(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: self.bytes(of: bytes), as: UTF8.self)
  }

  /// The same as ASCII bytes.
  package static func bytes(of bytes: some Sequence<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(2 * bytes.underestimatedCount)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text
  }

  /// Sixteen digits of a number, the highest first.
  package static func of(_ number: UInt64) -> String {
    of((0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64($0))) })
  }
}
