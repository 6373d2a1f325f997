import Testing

@testable import Canonical

@Suite struct MD5Tests {
  private func hex(_ text: String, pieces: Int) -> String {
    let bytes = Array(text.utf8)
    var hash = MD5()
    bytes.withUnsafeBytes { all in
      for start in stride(from: 0, to: all.count, by: pieces) {
        hash.update(UnsafeRawBufferPointer(rebasing: all[start..<min(all.count, start + pieces)]))
      }
    }
    return hash.finish().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  // The test suite of RFC 1321, A.5.
  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
    ("abc", "900150983cd24fb0d6963f7d28e17f72"),
    ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    (
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
      "d174ab98d277d9f5a5611c2c9f419d9f"
    ),
    (
      "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
      "57edf4a22be3c955ac49da2e2107b67a"
    ),
  ])
  func `published examples`(text: String, digest: String) {
    for pieces in [1, 7, 64, 1000] { #expect(hex(text, pieces: pieces) == digest) }
  }

  @Test func `any lengths in any pieces`() {
    for length in 0..<200 {
      let text = String(repeating: "x", count: length)
      let whole = hex(text, pieces: 1000)
      for pieces in [1, 3, 63, 65] { #expect(hex(text, pieces: pieces) == whole) }
    }
  }
}
