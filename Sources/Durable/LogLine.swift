import Canonical

/// One line of an `AppendLog`: sixteen hexadecimal digits of checksum, a space, the text, a line end.
enum LogLine {
  static func encode(_ text: String) -> [UInt8] {
    var bytes = checksum(text.utf8)
    bytes.append(0x20)
    bytes.append(contentsOf: text.utf8)
    bytes.append(0x0A)
    return bytes
  }

  /// The texts of all whole lines. A damaged one costs only itself.
  static func decode(_ bytes: [UInt8]) -> [String] {
    var texts: [String] = []
    scan(bytes) { line, _ in
      if let text = String(validating: line.dropFirst(17), as: UTF8.self) { texts.append(text) }
    }
    return texts
  }

  /// The offset behind the last whole line.
  static func endOfLastWhole(_ bytes: [UInt8]) -> Int {
    var end = 0
    scan(bytes) { _, lineEnd in end = lineEnd }
    return end
  }

  private static func scan(_ bytes: [UInt8], _ visit: (ArraySlice<UInt8>, Int) -> Void) {
    var start = 0
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      let line = bytes[start..<end]
      if line.count >= 17, line[start + 16] == 0x20,
        line.prefix(16).elementsEqual(checksum(line.dropFirst(17)))
      {
        visit(line, end + 1)
      }
      start = end + 1
    }
  }

  /// FNV-1a with 64 bits, as hexadecimal digits: any single changed byte changes it.
  private static func checksum(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return Array(HexText.of(hash).utf8)
  }
}
