import CZlib

/// Decompresses a gzip file (RFC 1952) piece by piece.
///
/// zlib's own file functions end a truncated file like a complete one and pass a file that is not
/// gzip through unchanged, so the loop is here: every member must start with the magic, end with
/// the right CRC and length, and be followed by another member or by nothing.
final class GzipReader: ContentReader {
  private static let chunk = 64 * 1024

  private let source: any ContentReader
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableRawBufferPointer
  private var isInside = false
  private var isFinished = false
  /// Compressed bytes handed to zlib so far, those it has not used yet included.
  private var fetched = 0

  /// Starts reading `source` from its first byte.
  init(_ source: any ContentReader) throws(DatasetError) {
    self.source = source
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(byteCount: Self.chunk, alignment: 16)
    // 31: the gzip format and nothing else, with CRC and length checked.
    guard regbench_inflate_init(stream, 31) == Z_OK else {
      throw DatasetError(.unavailable, file: source.name, "no memory to decompress it")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  var name: String { source.name }
  var isCompressed: Bool { true }
  // Deflate makes at most 258 bytes of two bits.
  var mostBytes: Int { source.mostBytes > Int.max / 1032 ? Int.max : source.mostBytes * 1032 }

  private var offset: Int { fetched - Int(stream.pointee.avail_in) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
    guard !isFinished, let output = buffer.baseAddress, buffer.count > 0 else { return 0 }
    let room = min(buffer.count, 1 << 30)
    stream.pointee.next_out = output.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    while true {
      if !isInside, try !enterMember() {
        isFinished = true
        return room - Int(stream.pointee.avail_out)
      }
      if stream.pointee.avail_in == 0, try !fetch() {
        throw damage(
          "the compressed data end too early",
          advice: "the file is truncated: get it again")
      }
      let status = inflate(stream, Z_NO_FLUSH)
      switch status {
      case Z_STREAM_END: isInside = false
      case Z_OK, Z_BUF_ERROR: break
      default:
        let words = stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(status)"
        throw damage("damaged compressed data (\(words))", advice: "get the file again")
      }
      // A full buffer is handed over, but at a member's end the loop goes on to see what follows
      // when the caller asks for more.
      if stream.pointee.avail_out == 0 { return room }
    }
  }

  /// Goes to the next member; false at the end of the file.
  private func enterMember() throws(DatasetError) -> Bool {
    let isFirst = fetched == 0
    let start = offset
    // The magic may straddle two pieces of the file.
    while stream.pointee.avail_in < 2 {
      if try !fetch() { break }
    }
    let rest = UnsafeRawBufferPointer(
      start: stream.pointee.next_in, count: Int(stream.pointee.avail_in))
    if rest.isEmpty, !isFirst { return false }
    guard rest.count >= 2, rest[0] == 0x1F, rest[1] == 0x8B else {
      throw isFirst
        ? DatasetError.notGzip(source.name, Array(rest.prefix(512)))
        : source.damage(
          start,
          source.isCompressed
            ? "more bytes follow the end of the compressed data"
            : "\(source.mostBytes - start) bytes follow the end of the compressed data",
          "get the file again")
    }
    inflateReset(stream)
    isInside = true
    return true
  }

  /// Gets more input behind what zlib has not used yet; false at the end of the file.
  private func fetch() throws(DatasetError) -> Bool {
    let left = Int(stream.pointee.avail_in)
    if left > 0 {
      input.copyMemory(from: UnsafeRawBufferPointer(start: stream.pointee.next_in, count: left))
    }
    let got = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: input[left...]))
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(left + got)
    fetched += got
    return got > 0
  }

  private func damage(_ problem: String, advice: String) -> DatasetError {
    source.damage(offset, problem, advice)
  }
}

extension DatasetError {
  /// A file that should be gzip but starts differently: what it is instead, where that shows.
  static func notGzip(_ file: String, _ start: [UInt8]) -> DatasetError {
    let found =
      if start.isEmpty { "an empty file" } else if isPage(start) {
        "a web page (HTML)"
      } else if start.starts(with: [0, 0, 8]) { "an uncompressed IDX file" } else {
        "bytes \(hex(start.prefix(2)))"
      }
    let advice =
      if start.starts(with: [0, 0, 8]) { "take \".gz\" off its name" } else {
        "the download went wrong: get the file again"
      }
    return DatasetError(
      .corrupt, file: file, offset: 0, "expected a gzip file (bytes 1f 8b), found \(found)",
      advice: advice)
  }

  /// Whether a file's start looks like HTML or XML, as servers send it instead of a file.
  static func isPage(_ start: some Collection<UInt8>) -> Bool {
    let text = start.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
    return text.first == UInt8(ascii: "<")
      && text.dropFirst().first.map { $0 == 0x21 || $0 == 0x3F || ($0 | 0x20) >= 0x61 } == true
  }

  /// Bytes as two hexadecimal digits each.
  static func hex(_ bytes: some Collection<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
  }
}
