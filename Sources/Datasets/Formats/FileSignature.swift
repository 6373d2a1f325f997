/// How files begin, which tells what they are whatever their names say.
enum FileSignature {
  static let gzip: [UInt8] = [0x1F, 0x8B]
  static let zip = Array("PK".utf8)
  static let hdf5: [UInt8] = [0x89, 0x48, 0x44, 0x46]
  static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Whether a start, of a block of 512 bytes, is that of a tar archive.
  static func isTar(_ start: [UInt8]) -> Bool {
    start.count > 262 && start[257..<262].elementsEqual("ustar".utf8)
  }

  /// Whether a start looks like HTML or XML, as servers send it instead of a file.
  static func isPage(_ start: some Collection<UInt8>) -> Bool {
    let text = start.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
    return text.first == UInt8(ascii: "<")
      && text.dropFirst().first.map { $0 == 0x21 || $0 == 0x3F || ($0 | 0x20) >= 0x61 } == true
  }

  /// What to call a file that begins so where another was expected.
  /// - Parameter shown: bytes that are shown of what is not known.
  static func words(_ start: some Collection<UInt8>, shown: Int) -> String {
    if start.isEmpty { return "an empty file" }
    if isPage(start) { return "a web page (HTML)" }
    return "bytes \(hex(start.prefix(shown)))"
  }

  /// Bytes as two hexadecimal digits each.
  static func hex(_ bytes: some Collection<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
  }
}
