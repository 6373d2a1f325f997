import CZlib

/// A stream of deflate and its compressed source, piece by piece.
final class DeflateStream {
  /// How the compressed data are wrapped.
  enum Wrapping: Int32 {
    /// Not at all (RFC 1951, as in zip archives); whoever reads has a checksum of its own.
    case bare = -15
    /// With zlib's header and checksum (RFC 1950, as in MAT and PNG files).
    case zlib = 15
    /// With gzip's header, CRC and length (RFC 1952).
    case gzip = 31
  }

  private static let chunk = 64 * 1024

  let source: any ContentReader
  private let stream: UnsafeMutablePointer<z_stream>
  private var input: [UInt8]
  /// The part of `input` that has not been decompressed yet.
  private var waiting = 0..<0
  private var fetched = 0

  /// Decompresses `source`.
  init(_ source: any ContentReader, _ wrapping: Wrapping) throws(DatasetError) {
    self.source = source
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = [UInt8](repeating: 0, count: min(Self.chunk, max(64, source.maximumBytes)))
    guard regbench_inflate_init(stream, wrapping.rawValue) == Z_OK else {
      throw DatasetError(.unavailable, file: source.name, "no memory to decompress it")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Deflate makes at most 258 bytes of two bits.
  var maximumBytes: Int {
    source.maximumBytes > Int.max / 1032 ? Int.max : source.maximumBytes * 1032
  }

  /// Where the next compressed byte stands in the source.
  var offset: Int { fetched - waiting.count }

  /// The next compressed bytes, `count` or what is left; they are not taken.
  func peek(_ count: Int) throws(DatasetError) -> [UInt8] {
    while waiting.count < count {
      if try !fetch() { break }
    }
    return Array(input[waiting].prefix(count))
  }

  /// Passes over compressed bytes that `peek` has shown.
  func drop(_ count: Int) { waiting = (waiting.lowerBound + count)..<waiting.upperBound }

  /// Begins a new stream at the next compressed byte.
  func restart() { inflateReset(stream) }

  /// Decompresses into `buffer` from `filled` on, which moves, until the buffer is full or the
  /// stream ends.
  /// - Returns: whether the stream ends here.
  func decompress(
    into buffer: inout MutableSpan<UInt8>, filled: inout Int
  ) throws(DatasetError) -> Bool {
    while filled < buffer.count {
      let before = filled
      // Without input zlib may still hold output.
      let isAtEnd = waiting.isEmpty ? try !fetch() : false
      let status = step(&buffer, &filled)
      switch status {
      case Z_STREAM_END: return true
      case Z_OK, Z_BUF_ERROR:
        guard filled == before, isAtEnd else { continue }
        throw source.damage(
          offset, "the compressed data end too early", "the file is truncated: get it again")
      default:
        let words = stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(status)"
        throw source.damage(
          offset, "damaged compressed data (\(words))", "get the file again")
      }
    }
    return false
  }

  /// One call of zlib, which sees exactly what is waiting and what is free.
  private func step(_ buffer: inout MutableSpan<UInt8>, _ filled: inout Int) -> Int32 {
    var rest = buffer.extracting(droppingFirst: filled)
    var free = rest.extracting(first: 1 << 30)
    let room = free.count
    let pending = waiting.count
    let status = free.withUnsafeMutableBufferPointer { output in
      input.withUnsafeMutableBufferPointer { input in
        let rest = UnsafeMutableBufferPointer(rebasing: input[waiting])
        stream.pointee.next_in = rest.baseAddress
        stream.pointee.avail_in = UInt32(pending)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(room)
        return inflate(stream, Z_NO_FLUSH)
      }
    }
    drop(pending - Int(stream.pointee.avail_in))
    filled += room - Int(stream.pointee.avail_out)
    return status
  }

  /// Gets more compressed bytes behind those that wait; false at the end of the source.
  private func fetch() throws(DatasetError) -> Bool {
    let left = waiting.count
    for index in 0..<left { input[index] = input[waiting.lowerBound + index] }
    waiting = 0..<left
    var input: [UInt8] = []
    swap(&input, &self.input)
    defer { swap(&input, &self.input) }
    var span = input.mutableSpan
    var free = span.extracting(droppingFirst: left)
    let got = try source.read(into: &free)
    waiting = 0..<(left + got)
    fetched += got
    return got > 0
  }
}
