/// Decompresses a gzip file (RFC 1952) piece by piece.
///
/// zlib's own file functions end a truncated file like a complete one and pass a file that is not
/// gzip through unchanged, so the loop is here: every member must start with the magic, end with
/// the right CRC and length, and be followed by another member or by nothing but the zeros with
/// which some programs fill up their files.
final class GzipReader: ContentReader {
  private let stream: DeflateStream
  private var source: any ContentReader { stream.source }
  private var isInside = false
  private var isFinished = false

  /// Starts reading `source` from its first byte.
  init(_ source: any ContentReader) throws(DatasetError) {
    stream = try DeflateStream(source, .gzip)
  }

  var name: String { source.name }
  var isCompressed: Bool { true }
  var maximumBytes: Int { stream.maximumBytes }

  func read(into buffer: inout MutableSpan<UInt8>) throws(DatasetError) -> Int {
    guard !isFinished, !buffer.isEmpty else { return 0 }
    var filled = 0
    // A full buffer is handed over; only who asks for more sees what follows a member's end.
    while filled < buffer.count {
      if !isInside, try !enterMember() {
        isFinished = true
        break
      }
      if try stream.decompress(into: &buffer, filled: &filled) { isInside = false }
    }
    return filled
  }

  /// Goes to the next member; false at the end of the file.
  private func enterMember() throws(DatasetError) -> Bool {
    let start = stream.offset
    let isFirst = start == 0
    let magic = try stream.peek(2)
    if magic.isEmpty, !isFirst { return false }
    if magic == FileSignature.gzip {
      stream.restart()
      isInside = true
      return true
    }
    if isFirst { throw DatasetError.notGzip(source.name, try stream.peek(512)) }
    if try isPadding() { return false }
    throw source.damage(
      start,
      source.isCompressed
        ? "more bytes follow the end of the compressed data"
        : "\(source.maximumBytes - start) bytes follow the end of the compressed data",
      "get the file again")
  }

  /// Whether zeros and nothing else are left.
  private func isPadding() throws(DatasetError) -> Bool {
    while true {
      let some = try stream.peek(4096)
      if some.isEmpty { return true }
      guard some.allSatisfy({ $0 == 0 }) else { return false }
      stream.drop(some.count)
    }
  }
}

extension DatasetError {
  /// A file that should be gzip but starts differently: what it is instead, where that shows.
  static func notGzip(_ file: String, _ start: [UInt8]) -> DatasetError {
    let isIDX = start.starts(with: [0, 0, 8])
    let found = isIDX ? "an uncompressed IDX file" : FileSignature.words(start, shown: 2)
    return DatasetError(
      .corrupt, file: file, offset: 0, "expected a gzip file (bytes 1f 8b), found \(found)",
      advice: isIDX
        ? "take \".gz\" off its name" : "the download went wrong: get the file again")
  }
}
