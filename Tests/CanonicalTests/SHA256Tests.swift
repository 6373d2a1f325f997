import Testing

@testable import Canonical

/// The examples of NIST's "Secure Hash Standard" pages and of its validation suite.
@Suite struct SHA256Tests {
  @Test(
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func `published vectors`(text: String, digest: String) {
    #expect(SHA256.hex(Array(text.utf8)) == digest)
  }

  @Test func `short messages of the validation suite`() {
    #expect(
      SHA256.hex([0xD3]) == "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1")
    #expect(
      SHA256.hex([0x11, 0xAF])
        == "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98")
  }

  @Test func `a million letters`() {
    #expect(
      SHA256.hex([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func `pieces give the same digest as the whole`() {
    let whole = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    for length in [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000] {
      let expected = SHA256.hex(Array(whole[..<length]))
      for step in [1, 7, 63, 64, 65, 200] {
        var hash = SHA256()
        for start in stride(from: 0, to: length, by: step) {
          hash.update(whole[start..<min(start + step, length)])
        }
        let digest = hash.finish().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(digest == expected, "length \(length) in steps of \(step)")
      }
    }
  }

  @Test func `the SHA instructions and plain code give the same digest`() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 31 &+ $0) }
    func digest(_ length: Int, byInstructions: Bool) -> String {
      var hash = SHA256(byInstructions: byInstructions)
      hash.update(bytes[..<length])
      return hash.finishHex()
    }
    for length in [0, 1, 63, 64, 65, 128, 1000] {
      let portable = digest(length, byInstructions: false)
      if SHA256.hasInstructions {
        #expect(digest(length, byInstructions: true) == portable, "length \(length)")
      }
    }
    #expect(
      digest(0, byInstructions: false)
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func `sequences without storage work too`() {
    var hash = SHA256()
    hash.update(sequence(first: UInt8(ascii: "a")) { $0 < UInt8(ascii: "c") ? $0 + 1 : nil })
    #expect(hash.finish().prefix(4) == [0xBA, 0x78, 0x16, 0xBF])
  }
}
