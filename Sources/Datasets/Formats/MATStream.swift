/// Data elements of a MAT file: a tag with type and length, then the data, padded to eight bytes.
final class MATStream {
  /// The tag of a data element.
  struct Tag {
    /// The number of its type.
    var type: Int
    /// Bytes of its data.
    var count: Int
    /// The data themselves where they stand in the tag (at most four bytes).
    var small: [UInt8]?

    /// Bytes behind the data that fill up to eight.
    var padding: Int { small == nil ? (8 - count % 8) % 8 : 0 }
  }

  let reader: any ContentReader
  let isBigEndian: Bool
  /// Bytes read so far, from the start of the file or of the compressed array.
  private(set) var offset: Int

  init(_ reader: any ContentReader, isBigEndian: Bool, offset: Int = 0) {
    self.reader = reader
    self.isBigEndian = isBigEndian
    self.offset = offset
  }

  /// The next tag, or nil at the end.
  func tag() throws(DatasetError) -> Tag? {
    let bytes = try reader.bytes(8)
    if bytes.isEmpty { return nil }
    guard bytes.count == 8 else {
      throw damage("the file ends inside a tag", "the file is truncated: get it again")
    }
    offset += 8
    let first = word(bytes, 0)
    if first >> 16 != 0 {
      let count = first >> 16
      guard count <= 4 else {
        throw damage(
          at: offset - 8, "a small element of \(count) bytes, expected at most 4",
          "the file is damaged: get it again")
      }
      return Tag(type: first & 0xFFFF, count: count, small: Array(bytes[4..<(4 + count)]))
    }
    return Tag(type: first, count: word(bytes, 4))
  }

  /// The data of a small thing: flags, dimensions, a name.
  func data(of tag: Tag, maximum: Int, what: String) throws(DatasetError) -> [UInt8] {
    if let small = tag.small { return small }
    guard tag.count <= maximum else {
      throw damage(
        at: offset - 4, "\(what) of \(tag.count) bytes, expected at most \(maximum)",
        "the file is damaged: get it again")
    }
    let bytes = try exactly(tag.count)
    _ = try exactly(tag.padding)
    return bytes
  }

  /// The tag and data of the next element, which must have this type.
  func element(types: [Int], maximum: Int, what: String) throws(DatasetError) -> [UInt8] {
    guard let tag = try tag() else {
      throw damage("the array ends before its \(what)", "the file is damaged: get it again")
    }
    guard types.contains(tag.type) else {
      throw damage(
        at: offset - 8, "expected \(what) (type \(types[0])), found type \(tag.type)",
        "the file is damaged: get it again")
    }
    return try data(of: tag, maximum: maximum, what: what)
  }

  func exactly(_ count: Int) throws(DatasetError) -> [UInt8] {
    let bytes = try reader.bytes(count)
    offset += bytes.count
    guard bytes.count == count else {
      throw damage("the file ends too early", "the file is truncated: get it again")
    }
    return bytes
  }

  /// Fills a buffer; the elements must be there.
  func fill(_ buffer: inout MutableSpan<UInt8>) throws(DatasetError) {
    let got = try reader.fill(&buffer)
    offset += got
    guard got == buffer.count else {
      throw damage("the file ends too early", "the file is truncated: get it again")
    }
  }

  /// Reads to the end, so that checksums are seen.
  func drain() throws(DatasetError) { offset += try reader.skip() }

  /// Four bytes in the file's order.
  func word(_ bytes: [UInt8], _ place: Int) -> Int {
    let four = bytes[place..<(place + 4)]
    return isBigEndian
      ? four.reduce(0) { $0 << 8 | Int($1) } : four.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  func damage(at place: Int? = nil, _ problem: String, _ advice: String) -> DatasetError {
    reader.damage(place ?? offset, problem, advice)
  }
}
