/// The next bytes of another reader as a file of their own: a member of an archive.
final class LimitedReader: ContentReader {
  let name: String
  private let source: any ContentReader
  private let count: Int
  private(set) var remaining: Int

  /// The next `count` bytes of `source`.
  init(_ source: any ContentReader, count: Int, name: String) {
    self.source = source
    self.count = count
    self.name = name
    remaining = count
  }

  var isCompressed: Bool { source.isCompressed }
  var maximumBytes: Int { min(count, source.maximumBytes) }

  func read(into buffer: inout MutableSpan<UInt8>) throws(DatasetError) -> Int {
    var room = buffer.extracting(first: remaining)
    guard !room.isEmpty else { return 0 }
    let got = try source.read(into: &room)
    guard got > 0 else {
      throw damage(
        count - remaining, "the file ends after \(count - remaining) of \(count) bytes",
        "the file is truncated: get it again")
    }
    remaining -= got
    return got
  }
}
