import CZlib

/// Takes files out of a zip archive: stored or deflated, each checked against its CRC and size.
struct ZipReader {
  private let source: ByteSource
  /// The archive's files.
  let members: [ZipDirectory.Member]

  /// Reads the table of contents of the archive in `source`.
  init(_ source: ByteSource) throws(DatasetError) {
    self.source = source
    members = try ZipDirectory(source).members
  }

  /// The contents of a member. Only one can be read at a time.
  func open(_ member: ZipDirectory.Member) throws(DatasetError) -> any ContentReader {
    try source.seek(to: member.offset)
    let header = try source.bytes(30)
    guard header.count == 30, header.starts(with: [0x50, 0x4B, 3, 4]) else {
      throw source.damage(
        member.offset, "expected the header of \(member.name) (bytes 50 4b 03 04)",
        "the file is damaged: get it again")
    }
    guard !member.isEncrypted else {
      throw DatasetError(
        .usage, file: source.name, offset: member.offset, "\(member.name) is encrypted",
        advice: "unpack it with its password")
    }
    let start = member.offset + 30 + header.short(26) + header.short(28)
    guard start + member.packed <= source.count, header.short(8) == member.method else {
      throw source.damage(
        member.offset, "the header of \(member.name) disagrees with the table of contents",
        "the file is damaged: get it again")
    }
    try source.seek(to: start)
    let name = "\(source.name) (\(member.name))"
    let packed = LimitedReader(source, count: member.packed, name: name)
    let contents: any ContentReader
    switch member.method {
    case 0: contents = packed
    case 8: contents = try InflateReader(packed, .bare)
    default:
      throw DatasetError(
        .usage, file: source.name, offset: member.offset,
        "\(member.name) is compressed by method \(member.method), expected 0 or 8 (deflate)",
        advice: "unpack the archive, and leave the files beside it")
    }
    return CheckedReader(contents, crc: member.crc, count: member.count)
  }
}

/// Contents that must have a given CRC-32 and length.
private final class CheckedReader: ContentReader {
  private let source: any ContentReader
  private let expected: UInt32
  private let count: Int
  private var crc: UInt = 0
  private var done = 0

  init(_ source: any ContentReader, crc: UInt32, count: Int) {
    self.source = source
    expected = crc
    self.count = count
  }

  var name: String { source.name }
  var isCompressed: Bool { true }
  var maximumBytes: Int { min(count, source.maximumBytes) }

  func read(into buffer: inout MutableSpan<UInt8>) throws(DatasetError) -> Int {
    guard !buffer.isEmpty else { return 0 }
    guard done < count else {
      try expectEnd()
      return 0
    }
    var target = buffer.extracting(first: count - done)
    let got = try source.read(into: &target)
    guard got > 0 else {
      throw damage(
        done, "the contents end after \(done) of \(count) bytes",
        "the file is damaged: get it again")
    }
    crc = target.span.extracting(first: got).withUnsafeBufferPointer {
      crc32(crc, $0.baseAddress, UInt32(truncatingIfNeeded: $0.count))
    }
    done += got
    return got
  }

  /// The end is seen only by asking for more.
  private func expectEnd() throws(DatasetError) {
    guard try source.bytes(1).isEmpty else {
      throw damage(
        count, "more bytes than the \(count) of the table of contents",
        "the file is damaged: get it again")
    }
    guard UInt32(truncatingIfNeeded: crc) == expected else {
      throw damage(
        count, "the CRC-32 of the contents differs from that of the table of contents",
        "the file is damaged: get it again")
    }
  }
}
