@testable import Datasets

/// Makes tar archives for tests.
enum Tar {
  /// A header with a right checksum.
  static func header(
    _ name: String, count: Int, type: Character = "0", prefix: String = "",
    magic: String = "ustar\0"
  ) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, _ place: Int) {
      for (index, byte) in text.utf8.enumerated() { block[place + index] = byte }
    }
    func octal(_ value: Int, digits: Int) -> String {
      let text = String(value, radix: 8)
      return String(repeating: "0", count: digits - text.count) + text
    }
    put(String(name.prefix(100)), 0)
    put("0000644\0", 100)
    put(octal(count, digits: 11) + "\0", 124)
    put("        ", 148)
    put(String(type), 156)
    put(magic, 257)
    put(prefix, 345)
    let sum = block.reduce(0) { $0 + Int($1) }
    put(octal(sum, digits: 6) + "\0 ", 148)
    return block
  }

  static func padded(_ content: [UInt8]) -> [UInt8] {
    content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  static func member(_ name: String, _ content: [UInt8], type: Character = "0") -> [UInt8] {
    header(name, count: content.count, type: type) + padded(content)
  }

  static let end = [UInt8](repeating: 0, count: 1024)

  static func archive(_ members: [(String, [UInt8])]) -> [UInt8] {
    members.flatMap { member($0.0, $0.1) } + end
  }
}

/// Makes zip archives for tests.
enum Zip {
  static func short(_ value: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
  }
  static func long(_ value: Int) -> [UInt8] { short(value) + short(value >> 16) }

  static func archive(
    _ members: [(String, [UInt8])], deflated: Bool = true, crc: UInt32? = nil, count: Int? = nil,
    flags: Int = 0, method: Int? = nil, comment: [UInt8] = []
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for (name, content) in members {
      let packed = deflated ? Gzip.compress(content, windowBits: -15) : content
      let sizes =
        long(Int(crc ?? Gzip.crc(content))) + long(packed.count)
        + long(count ?? content.count)
      let common =
        short(20) + short(flags) + short(method ?? (deflated ? 8 : 0)) + long(0) + sizes
        + short(name.utf8.count) + short(0)
      directory +=
        [0x50, 0x4B, 1, 2] + short(20) + common + short(0) + short(0) + short(0) + long(0)
        + long(bytes.count) + Array(name.utf8)
      bytes += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + packed
    }
    let start = bytes.count
    return bytes + directory + [0x50, 0x4B, 5, 6] + short(0) + short(0) + short(members.count)
      + short(members.count) + long(directory.count) + long(start) + short(comment.count) + comment
  }
}

/// Makes MAT files for tests.
struct MAT {
  var isBigEndian = false
  var isCompressed = false

  func number(_ value: Int, _ size: Int) -> [UInt8] {
    let little = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return isBigEndian ? little.reversed() : little
  }

  func element(_ type: Int, _ data: [UInt8], small: Bool = false) -> [UInt8] {
    if small, data.count <= 4 {
      return number(data.count << 16 | type, 4) + data
        + [UInt8](repeating: 0, count: 4 - data.count)
    }
    return number(type, 4) + number(data.count, 4) + data
      + [UInt8](repeating: 0, count: (8 - data.count % 8) % 8)
  }

  /// An array of numbers of class `kind`, stored as `storage`.
  func array(
    _ name: String, _ dimensions: [Int], kind: Int = 9, storage: Int = 2, _ data: [UInt8],
    flags: Int = 0
  ) -> [UInt8] {
    let inner =
      element(6, number(kind | flags, 4) + number(0, 4))
      + element(5, dimensions.flatMap { number($0, 4) })
      + element(1, Array(name.utf8), small: true) + element(storage, data, small: true)
    let whole = element(14, inner)
    guard isCompressed else { return whole }
    let packed = Gzip.compress(whole, windowBits: 15)
    return number(15, 4) + number(packed.count, 4) + packed
  }

  func file(_ arrays: [[UInt8]]) -> [UInt8] {
    let text = Array("MATLAB 5.0 MAT-file, made for a test".utf8)
    let header =
      text + [UInt8](repeating: 0x20, count: 124 - text.count) + number(0x0100, 2)
      + Array((isBigEndian ? "MI" : "IM").utf8)
    return header + arrays.joined()
  }

  /// Like SVHN's: `count` images of `side` × `side` × 3 whose pixels count up, labels 1, 2, ….
  func digits(_ count: Int, side: Int) -> [UInt8] {
    let pixels = (0..<(count * side * side * 3)).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let labels = (0..<count).map { UInt8($0 % 10 + 1) }
    return file([
      array("X", [side, side, 3, count], pixels), array("y", [count, 1], kind: 6, labels),
    ])
  }
}

/// Makes files in CIFAR's format for tests.
enum CIFAR {
  /// Records of 32×32×3 with these label bytes each.
  static func records(_ labels: [[UInt8]], seed: Int = 0) -> [UInt8] {
    labels.enumerated().flatMap { index, bytes in
      bytes + (0..<3072).map { UInt8(truncatingIfNeeded: ($0 + seed + index) &* 13) }
    }
  }
}

/// Bytes in memory as a source for readers.
struct MemoryFile {
  let bytes: [UInt8]
  let name: String

  init(_ bytes: [UInt8], name: String = "test") {
    self.bytes = bytes
    self.name = name
  }

  func read<Result>(
    _ body: (ByteSource) throws(DatasetError) -> Result
  ) throws(DatasetError) -> Result {
    try body(ByteSource(memory: bytes, name: name))
  }
}

extension ContentReader {
  /// Everything that is left, in pieces of `piece` bytes.
  func everything(piece: Int = 1000) throws(DatasetError) -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let some = try bytes(piece)
      all += some
      if some.count < piece { return all }
    }
  }
}
