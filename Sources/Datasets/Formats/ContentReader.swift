/// Reads a file's contents whether it is compressed or not.
protocol ContentReader: AnyObject {
  /// What errors call the file.
  var name: String { get }
  /// Whether offsets count uncompressed bytes of a compressed file.
  var isCompressed: Bool { get }
  /// More bytes than this cannot come, whatever the file says about itself.
  var mostBytes: Int { get }
  /// The next bytes, at most as many as fit; 0 is the end, and then the file is known to be whole.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int
}

extension ContentReader {
  /// Fills the buffer as far as the file goes, and says how far.
  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let got = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      if got == 0 { break }
      filled += got
    }
    return filled
  }
}

/// A file that is not compressed.
final class PlainReader: ContentReader {
  private let source: ByteSource

  init(_ source: ByteSource) { self.source = source }

  var name: String { source.name }
  var isCompressed: Bool { false }
  var mostBytes: Int { source.count }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) -> Int {
    try source.next(into: buffer)
  }
}
