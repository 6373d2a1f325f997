/// Reads a tar archive from beginning to end: ustar, the long names of GNU tar and of pax.
///
/// Each member starts with a block of 512 bytes (name, size, checksum) and is padded to whole
/// blocks; two zero blocks end the archive.
final class TarReader {
  /// A file of the archive.
  struct Member {
    /// Its path in the archive.
    var name: String
    /// Its bytes.
    var count: Int
  }

  private static let block = 512
  /// A path in an extra header is shorter than this.
  private static let maximumNameBytes = 64 * 1024

  private let reader: any ContentReader
  private var offset = 0
  private var contents: LimitedReader?
  private var padding = 0

  /// Reads the archive that `reader` gives, uncompressed.
  init(_ reader: any ContentReader) { self.reader = reader }

  /// Goes to the next file, whatever is left of the one before; nil at the end of the archive,
  /// which is then known to be whole. Folders and links are passed over.
  func next() throws(DatasetError) -> Member? {
    try finishMember()
    var longName: String?
    var longSize: Int?
    while let header = try nextHeader() {
      let size = try number(header, at: 124, count: 12)
      guard size <= reader.maximumBytes else {
        throw damage(
          offset - Self.block + 124, "a member of \(size) bytes, which the file cannot hold",
          "the file is truncated or damaged: get it again")
      }
      switch header[156] {
      case UInt8(ascii: "L"):
        let name = try extra(size)
        longName = String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
      case UInt8(ascii: "x"):
        let records = try paxRecords(try extra(size))
        longName = records["path"] ?? longName
        if let text = records["size"] { longSize = try paxSize(text) }
      case 0, UInt8(ascii: "0"), UInt8(ascii: "7"):
        let count = longSize ?? size
        let member = Member(name: longName ?? name(header), count: count)
        start(count, member.name)
        return member
      case UInt8(ascii: "g"), UInt8(ascii: "K"):
        _ = try extra(size)
      default:
        start(longSize ?? size, name(header))
        try finishMember()
        (longName, longSize) = (nil, nil)
      }
    }
    try expectEnd()
    return nil
  }

  /// The contents of the file that `next` went to.
  func open() -> any ContentReader {
    guard let contents else { preconditionFailure("no member was gone to") }
    return contents
  }

  private func start(_ count: Int, _ name: String) {
    contents = LimitedReader(reader, count: count, name: "\(reader.name) (\(name))")
    padding = (Self.block - count % Self.block) % Self.block
    offset += count
  }

  private func finishMember() throws(DatasetError) {
    guard let left = contents else { return }
    try left.skip()
    contents = nil
    try pass(padding)
  }

  private func pass(_ count: Int) throws(DatasetError) {
    let skipped = try reader.skip(count)
    offset += skipped
    guard skipped == count else {
      throw damage(
        offset, "the archive ends inside a member", "the file is truncated: get it again")
    }
  }

  /// The next block that is not zero; nil at the end of the archive.
  private func nextHeader() throws(DatasetError) -> [UInt8]? {
    let start = offset
    let block = try reader.bytes(Self.block)
    offset += block.count
    guard block.count == Self.block else {
      if start == 0 { throw notTar(block) }
      throw damage(
        offset, "the archive ends without its last blocks", "the file is truncated: get it again")
    }
    if block.allSatisfy({ $0 == 0 }) { return nil }
    let stated = try number(block, at: 148, count: 8)
    // The checksum counts its own place as spaces.
    let sum = block.enumerated().reduce(0) {
      $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element))
    }
    guard sum == stated else {
      if start == 0 { throw notTar(block) }
      throw damage(
        start + 148, "a header with the checksum \(stated), but its bytes sum up to \(sum)",
        "the file is damaged: get it again")
    }
    return block
  }

  private func notTar(_ start: [UInt8]) -> DatasetError {
    damage(
      0, "expected a tar archive, found \(FileSignature.words(start, shown: 4))",
      "get the file again")
  }

  /// At least a second block of zeros must follow, and nothing else; then the reader below has seen
  /// its own end, too.
  private func expectEnd() throws(DatasetError) {
    let start = offset
    while true {
      let rest = try reader.bytes(Self.block * 20)
      if let place = rest.firstIndex(where: { $0 != 0 }) {
        throw damage(
          offset + place, "more bytes follow the end of the archive",
          "the file is damaged: get it again")
      }
      offset += rest.count
      if rest.isEmpty { break }
    }
    guard offset > start, offset % Self.block == 0 else {
      throw damage(
        offset, "the archive ends without its last blocks", "the file is truncated: get it again")
    }
  }

  private func name(_ header: [UInt8]) -> String {
    let name = text(header[0..<100])
    let isPOSIX = header[257..<262].elementsEqual("ustar".utf8) && header[262] == 0
    let prefix = isPOSIX ? text(header[345..<500]) : ""
    return prefix.isEmpty ? name : "\(prefix)/\(name)"
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// An octal number, or a binary one of GNU tar if its first bit is set.
  private func number(
    _ header: [UInt8], at place: Int, count: Int
  ) throws(DatasetError) -> Int {
    let field = header[place..<(place + count)]
    if header[place] == 0x80, field.dropFirst().prefix(count - 8).allSatisfy({ $0 == 0 }),
      header[place + count - 7] < 0x80
    {
      return field.suffix(7).reduce(0) { $0 << 8 | Int($1) }
    }
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x37).contains($0) }) else {
      if offset == Self.block { throw notTar(header) }
      throw damage(
        offset - Self.block + place, "expected an octal number, found \(FileSignature.hex(field))",
        "the file is damaged: get it again")
    }
    return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
  }

  private func extra(_ size: Int) throws(DatasetError) -> [UInt8] {
    guard size <= Self.maximumNameBytes else {
      throw damage(
        offset - Self.block + 124, "an extra header of \(size) bytes",
        "the file is damaged: get it again")
    }
    let bytes = try reader.bytes(size)
    offset += bytes.count
    guard bytes.count == size else {
      throw damage(
        offset, "the archive ends inside an extra header", "the file is truncated: get it again")
    }
    try pass((Self.block - size % Self.block) % Self.block)
    return bytes
  }

  /// Lines "length key=value\n".
  private func paxRecords(_ bytes: [UInt8]) throws(DatasetError) -> [String: String] {
    var records: [String: String] = [:]
    var rest = bytes[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0 != 0x20 }
      let length = Int(String(decoding: digits.prefix(6), as: UTF8.self)) ?? 0
      guard length > digits.count + 1, length <= rest.count else {
        throw damage(
          offset, "an extra header that is not made of records", "the file is damaged: get it again"
        )
      }
      let line = rest.prefix(length).dropFirst(digits.count + 1).dropLast()
      let key = line.prefix { $0 != UInt8(ascii: "=") }
      records[String(decoding: key, as: UTF8.self)] = String(
        decoding: line.dropFirst(key.count + 1), as: UTF8.self)
      rest = rest.dropFirst(length)
    }
    return records
  }

  private func paxSize(_ text: String) throws(DatasetError) -> Int {
    guard let size = Int(text), (0...reader.maximumBytes).contains(size) else {
      throw damage(
        offset, "a member of \(text) bytes, which the file cannot hold",
        "the file is truncated or damaged: get it again")
    }
    return size
  }

  private func damage(_ offset: Int, _ problem: String, _ advice: String) -> DatasetError {
    reader.damage(offset, problem, advice)
  }
}
