/// Decompresses one stream of deflate, which must use up its source.
final class InflateReader: ContentReader {
  private let stream: DeflateStream
  private var isFinished = false

  /// Decompresses all of `source`.
  init(_ source: any ContentReader, _ wrapping: DeflateStream.Wrapping) throws(DatasetError) {
    stream = try DeflateStream(source, wrapping)
  }

  var name: String { stream.source.name }
  var isCompressed: Bool { true }
  var maximumBytes: Int { stream.maximumBytes }

  func read(into buffer: inout MutableSpan<UInt8>) throws(DatasetError) -> Int {
    guard !isFinished, !buffer.isEmpty else { return 0 }
    var filled = 0
    if try stream.decompress(into: &buffer, filled: &filled) {
      isFinished = true
      guard try stream.peek(1).isEmpty else {
        throw stream.source.damage(
          stream.offset, "more bytes follow the end of the compressed data",
          "the file is damaged: get it again")
      }
    }
    return filled
  }
}
