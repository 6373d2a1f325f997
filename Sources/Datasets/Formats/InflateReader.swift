import CZlib

/// Decompresses one stream of deflate, bare (RFC 1951, as in zip archives) or in zlib's wrapping
/// with a checksum (RFC 1950, as in MAT files). The stream must use up its source.
final class InflateReader: ContentReader {
  /// How the stream is wrapped.
  enum Wrapping: Int32 {
    /// Not at all; whoever reads has a checksum of its own.
    case bare = -15
    /// With zlib's header and checksum.
    case zlib = 15
  }

  private static let chunk = 64 * 1024

  private let source: any ContentReader
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableRawBufferPointer
  private var isFinished = false
  private var fetched = 0

  /// Decompresses all of `source`.
  init(_ source: any ContentReader, _ wrapping: Wrapping) throws(DatasetError) {
    self.source = source
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(byteCount: min(Self.chunk, max(64, source.mostBytes)), alignment: 16)
    guard regbench_inflate_init(stream, wrapping.rawValue) == Z_OK else {
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
  var mostBytes: Int { source.mostBytes > Int.max / 1032 ? Int.max : source.mostBytes * 1032 }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
    guard !isFinished, let output = buffer.baseAddress, buffer.count > 0 else { return 0 }
    let room = min(buffer.count, 1 << 30)
    stream.pointee.next_out = output.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    while true {
      if stream.pointee.avail_in == 0, try !fetch() {
        throw damage("the compressed data end too early", "the file is truncated: get it again")
      }
      let status = inflate(stream, Z_NO_FLUSH)
      switch status {
      case Z_STREAM_END:
        isFinished = true
        try expectEnd()
        return room - Int(stream.pointee.avail_out)
      case Z_OK, Z_BUF_ERROR: break
      default:
        let words = stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(status)"
        throw damage("damaged compressed data (\(words))", "get the file again")
      }
      if stream.pointee.avail_out == 0 { return room }
    }
  }

  private func expectEnd() throws(DatasetError) {
    var hasMore = stream.pointee.avail_in > 0
    if !hasMore { hasMore = try fetch() }
    if hasMore {
      throw damage(
        "more bytes follow the end of the compressed data",
        "the file is damaged: get it again")
    }
  }

  private func fetch() throws(DatasetError) -> Bool {
    let got = try source.read(into: input)
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(got)
    fetched += got
    return got > 0
  }

  private func damage(_ problem: String, _ advice: String) -> DatasetError {
    source.damage(fetched - Int(stream.pointee.avail_in), problem, advice)
  }
}
