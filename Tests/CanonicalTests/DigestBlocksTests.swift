import Testing

@testable import Canonical

@Suite struct DigestBlocksTests {
  /// The message as the hash function gets it: whole blocks, the padding in the last.
  private func absorbed(_ message: [UInt8], pieces: Int) -> [UInt8] {
    var blocks = DigestBlocks()
    var seen: [UInt8] = []
    func add(_ bytes: UnsafeRawBufferPointer) {
      blocks.add(bytes) { whole in
        #expect(whole.count > 0 && whole.count % 64 == 0)
        seen += whole
      }
    }
    message.withUnsafeBytes { all in
      for start in stride(from: 0, to: all.count, by: pieces) {
        add(UnsafeRawBufferPointer(rebasing: all[start..<min(all.count, start + pieces)]))
      }
    }
    blocks.padding(\.bigEndian).withUnsafeBytes(add)
    return seen
  }

  @Test(arguments: [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 128, 200])
  func `the message, a bit, zeros and the length fill whole blocks`(length: Int) {
    let message = (0..<length).map { UInt8($0) }
    for pieces in [1, 7, 64, 1000] {
      let all = absorbed(message, pieces: pieces)
      #expect(all.count == (length + 9 + 63) / 64 * 64)
      #expect(Array(all.prefix(length)) == message)
      #expect(all[length] == 0x80)
      #expect(all[(length + 1)..<(all.count - 8)].allSatisfy { $0 == 0 })
      #expect(all.suffix(8).reduce(0) { $0 << 8 | Int($1) } == 8 * length)
    }
  }

  @Test func `the byte order of the length is that of the hash function`() {
    var blocks = DigestBlocks()
    [UInt8](repeating: 1, count: 3).withUnsafeBytes { bytes in blocks.add(bytes) { _ in } }
    #expect(blocks.padding(\.littleEndian).suffix(8) == [24, 0, 0, 0, 0, 0, 0, 0])
    #expect(blocks.padding(\.bigEndian).suffix(8) == [0, 0, 0, 0, 0, 0, 0, 24])
  }
}
