/// Gives a file's contents from beginning to end, whether it is compressed, a part of another, or
/// neither. What strangers wrote is only seen through spans, which the language keeps within bounds.
protocol ContentReader: AnyObject {
  /// What errors call the file.
  var name: String { get }
  /// Whether offsets count uncompressed bytes of a compressed file.
  var isCompressed: Bool { get }
  /// More bytes than this cannot come, whatever the file says about itself.
  var maximumBytes: Int { get }
  /// Puts the next bytes at the beginning of `buffer`, at most as many as fit.
  /// - Returns: how many; 0 is the end, and then the file is known to be whole.
  func read(into buffer: inout MutableSpan<UInt8>) throws(DatasetError) -> Int
}

extension ContentReader {
  /// Fills the buffer as far as the file goes, and says how far.
  func fill(_ buffer: inout MutableSpan<UInt8>) throws(DatasetError) -> Int {
    var filled = 0
    while filled < buffer.count {
      var rest = buffer.extracting(droppingFirst: filled)
      let got = try read(into: &rest)
      if got == 0 { break }
      filled += got
    }
    return filled
  }

  /// Fills an array as far as the file goes, and says how far.
  func fill(_ array: inout [UInt8]) throws(DatasetError) -> Int {
    var span = array.mutableSpan
    return try fill(&span)
  }

  /// The next `count` bytes, fewer at the end of the file.
  func bytes(_ count: Int) throws(DatasetError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    bytes.removeLast(count - (try fill(&bytes)))
    return bytes
  }

  /// Reads on and forgets, `count` bytes or to the end of the file.
  /// - Returns: how many there were.
  @discardableResult
  func skip(_ count: Int = Int.max) throws(DatasetError) -> Int {
    var room = [UInt8](repeating: 0, count: min(count, 64 * 1024))
    var skipped = 0
    while skipped < count {
      var span = room.mutableSpan
      var wanted = span.extracting(first: count - skipped)
      let got = try read(into: &wanted)
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

  /// Elements of an array; nil for more than can be counted, also where a 0 follows such sizes.
  static func product(_ dimensions: [Int]) -> Int? {
    var count = 1
    for size in dimensions {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      if overflows { return nil }
      count = product
    }
    return count
  }
}
