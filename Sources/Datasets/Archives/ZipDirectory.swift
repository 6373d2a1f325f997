/// The table of contents at the end of a zip archive.
struct ZipDirectory {
  /// A file of the archive.
  struct Member: Equatable {
    /// Its path in the archive, with slashes: some programs write backslashes. It names no file of
    /// the system: members are never unpacked to where their names point.
    var name: String
    /// 0 is stored, 8 is deflated.
    var method: Int
    /// CRC-32 of its contents.
    var crc: UInt32
    /// Bytes in the archive.
    var packed: Int
    /// Bytes of its contents.
    var count: Int
    /// Where its own header starts.
    var offset: Int
    /// Whether it needs a password.
    var isEncrypted: Bool
  }

  /// Bytes of the record at the end, without a comment.
  private static let endBytes = 22

  /// All members, in the order of the table.
  let members: [Member]

  /// Reads the table of the archive in `source`.
  init(_ source: ByteSource) throws(DatasetError) {
    try Self.checkStart(source)
    let (record, place) = try Self.endRecord(source)
    let count = record.short(10)
    let size = record.long(12)
    let start = record.long(16)
    guard record.short(4) == 0, record.short(6) == 0, record.short(8) == count else {
      throw source.damage(
        place + 4, "a zip archive in several parts", "get the archive in one file")
    }
    if count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF {
      throw DatasetError(
        .usage, file: source.name, offset: place, "a zip archive in the format zip64",
        advice: "unpack it (`unzip`): zip64 is not read")
    }
    guard size <= DecodingLimit.directoryBytes, start + size <= place else {
      throw source.damage(
        place + 12,
        "a table of contents of \(size) bytes at byte \(start), which the file cannot hold",
        "the file is truncated or damaged: get it again")
    }
    try source.seek(to: start)
    members = try Self.members(try source.bytes(size), count, at: start, end: place, source)
  }

  private static func members(
    _ table: [UInt8], _ count: Int, at start: Int, end: Int, _ source: ByteSource
  ) throws(DatasetError) -> [Member] {
    var members: [Member] = []
    var rest = table[...]
    while members.count < count {
      let place = start + rest.startIndex
      guard rest.count >= 46, rest.starts(with: [0x50, 0x4B, 1, 2]) else {
        throw source.damage(
          place, "expected an entry of the table of contents (bytes 50 4b 01 02)",
          "the file is damaged: get it again")
      }
      let entry = Array(rest.prefix(46))
      let nameBytes = entry.short(28)
      let length = 46 + nameBytes + entry.short(30) + entry.short(32)
      let member = Member(
        name: String(
          decoding: rest.dropFirst(46).prefix(nameBytes).map { $0 == 0x5C ? 0x2F : $0 },
          as: UTF8.self),
        method: entry.short(10), crc: UInt32(truncatingIfNeeded: entry.long(16)),
        packed: entry.long(20), count: entry.long(24), offset: entry.long(42),
        isEncrypted: entry.short(8) & 1 != 0)
      guard length <= rest.count, member.offset + member.packed <= end else {
        throw source.damage(
          place, "an entry that reaches behind the end of the archive",
          "the file is truncated or damaged: get it again")
      }
      members.append(member)
      rest = rest.dropFirst(length)
    }
    guard rest.isEmpty else {
      throw source.damage(
        start + rest.startIndex, "\(rest.count) bytes too many in the table of contents",
        "the file is damaged: get it again")
    }
    return members
  }

  private static func checkStart(_ source: ByteSource) throws(DatasetError) {
    try source.seek(to: 0)
    let start = try source.bytes(16)
    if start.starts(with: [0x50, 0x4B, 3, 4]) || start.starts(with: [0x50, 0x4B, 5, 6]) { return }
    throw source.damage(
      0,
      "expected a zip archive (bytes 50 4b 03 04), found \(FileSignature.words(start, shown: 4))",
      "the download went wrong: get the file again")
  }

  /// The record at the end, whose comment must reach exactly to the end of the file.
  private static func endRecord(
    _ source: ByteSource
  ) throws(DatasetError) -> (record: [UInt8], place: Int) {
    let maximum = min(source.count, endBytes + 0xFFFF)
    try source.seek(to: source.count - maximum)
    let tail = try source.bytes(maximum)
    for place in stride(from: tail.count - endBytes, through: 0, by: -1)
    where tail[place...].starts(with: [0x50, 0x4B, 5, 6]) {
      let record = Array(tail[place..<(place + endBytes)])
      if record.short(20) == tail.count - place - endBytes {
        return (record, source.count - maximum + place)
      }
    }
    throw source.damage(
      source.count, "the archive has no table of contents at its end",
      "the file is truncated: get it again")
  }
}

extension [UInt8] {
  /// Two bytes, little-endian.
  func short(_ place: Int) -> Int { Int(self[place]) | Int(self[place + 1]) << 8 }

  /// Four bytes, little-endian.
  func long(_ place: Int) -> Int { short(place) | short(place + 2) << 16 }
}
