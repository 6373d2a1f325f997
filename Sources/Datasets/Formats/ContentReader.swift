/// Gives a file's contents from beginning to end, whether it is compressed, a part of another, or
/// neither.
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

  /// The next `count` bytes, fewer at the end of the file.
  func bytes(_ count: Int) throws(DatasetError) -> [UInt8] {
    let storage = HeapBytes(count: count)
    let got = try fill(storage.raw)
    return Array(storage.buffer.prefix(got))
  }

  /// Reads on and forgets, `count` bytes or to the end of the file.
  /// - Returns: how many there were.
  @discardableResult
  func skip(_ count: Int = Int.max) throws(DatasetError) -> Int {
    let room = HeapBytes(count: min(count, 64 * 1024))
    var skipped = 0
    while skipped < count {
      let wanted = min(count - skipped, room.count)
      let got = try read(into: UnsafeMutableRawBufferPointer(rebasing: room.raw[..<wanted]))
      if got == 0 { break }
      skipped += got
    }
    return skipped
  }

  /// An error in the file's contents.
  func damage(_ offset: Int?, _ problem: String, _ advice: String) -> DatasetError {
    DatasetError(
      .corrupt, file: name, offset: offset, isDecoded: isCompressed, problem, advice: advice)
  }
}

/// The most that anything decoded may take in memory, whatever a header claims: images of a data
/// set of four gigabytes, more than any that is known here.
enum DecodingLimit {
  static let pixelBytes = 1 << 32
  /// Bytes of an archive's table of contents.
  static let directoryBytes = 1 << 24
}
