/// Reads MAT files of level 5 (MATLAB 5 to 7.2), array by array, in either byte order.
///
/// Arrays of numbers give their elements; of all others only name and shape are read.
final class MATReader {
  private static let matrix = 14
  private static let compressed = 15
  private static let maximumDimensions = 32
  private static let maximumNameBytes = 4096
  private static let maximumElements = Int(Int32.max) << 3

  private let file: MATStream
  /// The array that is being read.
  private var array: MATStream?
  private var storage = MATArray.Storage.uint8
  private var small: [UInt8]?
  /// Elements not read yet.
  private var remaining = 0

  /// Reads the file's header.
  init(_ reader: any ContentReader) throws(DatasetError) {
    let header = try reader.bytes(128)
    func refuse(_ found: String, _ advice: String) -> DatasetError {
      reader.damage(0, "expected a MAT file of level 5, found \(found)", advice)
    }
    if header.isEmpty { throw refuse("an empty file", "get the file again") }
    if FileSignature.isPage(header) {
      throw refuse("a web page (HTML)", "the download went wrong: get the file again")
    }
    if header.starts(with: FileSignature.hdf5) || header.starts(with: "MATLAB 7.3".utf8) {
      throw refuse("one of version 7.3 (HDF5)", "save it again in MATLAB with the option -v7")
    }
    guard header.count == 128 else {
      throw refuse("\(header.count) bytes, less than its header", "get the file again")
    }
    let mark = header[126..<128]
    guard mark.elementsEqual("IM".utf8) || mark.elementsEqual("MI".utf8) else {
      throw refuse("no mark of its byte order (IM or MI at byte 126)", "get the file again")
    }
    let isBigEndian = mark.elementsEqual("MI".utf8)
    let version = isBigEndian ? header[124] : header[125]
    guard version == 1 else {
      throw reader.damage(
        124, "version \(version), expected 1", "save it again in MATLAB with the option -v7")
    }
    file = MATStream(reader, isBigEndian: isBigEndian, offset: 128)
  }

  /// Goes to the next array, whatever is left of the one before; nil at the end of the file.
  func next() throws(DatasetError) -> MATArray? {
    if let array {
      try array.drain()
      self.array = nil
    }
    guard let tag = try file.tag() else { return nil }
    let place = file.offset
    let part = LimitedReader(file.reader, count: tag.count, name: file.reader.name)
    switch (tag.type, tag.small) {
    case (Self.matrix, nil):
      return try header(
        MATStream(part, isBigEndian: file.isBigEndian, offset: place), isCompressed: false)
    case (Self.compressed, nil):
      let stream = MATStream(
        try InflateReader(part, .zlib), isBigEndian: file.isBigEndian)
      guard let inner = try stream.tag(), inner.type == Self.matrix, inner.small == nil else {
        throw stream.damage(at: 0, "expected an array (type 14)", "the file is damaged")
      }
      return try header(stream, isCompressed: true)
    default:
      throw file.damage(
        at: place - 8, "expected an array (type 14 or 15), found type \(tag.type)",
        "the file is damaged: get it again")
    }
  }

  private func header(
    _ stream: MATStream, isCompressed: Bool
  ) throws(DatasetError) -> MATArray {
    array = stream
    remaining = 0
    small = nil
    let flags = try stream.element(types: [6], maximum: 8, what: "the array's flags")
    guard flags.count == 8 else {
      throw stream.damage("flags of \(flags.count) bytes, expected 8", "the file is damaged")
    }
    let word = stream.word(flags, 0)
    guard let kind = MATArray.Class(rawValue: word & 0xFF) else {
      throw stream.damage(
        "an array of the unknown class \(word & 0xFF)", "the file is damaged, or of a later MATLAB")
    }
    var found = MATArray(
      name: "", kind: kind, isLogical: word & 0x200 != 0, isComplex: word & 0x800 != 0,
      dimensions: [], count: 0, isCompressed: isCompressed)
    // What MATLAB does not document has another layout.
    if kind == .opaque { return found }
    let sizes = try stream.element(
      types: [5, 6], maximum: 4 * Self.maximumDimensions, what: "the array's dimensions")
    found.dimensions = stride(from: 0, to: sizes.count / 4 * 4, by: 4).map {
      stream.word(sizes, $0)
    }
    guard sizes.count % 4 == 0, found.dimensions.count >= 2,
      let count = DecodingLimit.product(found.dimensions), count <= Self.maximumElements
    else {
      throw stream.damage(
        "dimensions \(found.shapeText), which no array can have",
        "the file is damaged: get it again")
    }
    found.count = count
    let name = try stream.element(
      types: [1, 2, 16], maximum: Self.maximumNameBytes, what: "the array's name")
    found.name = String(decoding: name, as: UTF8.self)
    if kind.isNumeric { found.storage = try startElements(count, stream) }
    return found
  }

  /// Reads the tag of the numbers themselves.
  private func startElements(
    _ count: Int, _ stream: MATStream
  ) throws(DatasetError) -> MATArray.Storage {
    guard let tag = try stream.tag(), let storage = MATArray.Storage(rawValue: tag.type) else {
      throw stream.damage("expected the array's numbers", "the file is damaged: get it again")
    }
    guard tag.count == count * storage.size else {
      throw stream.damage(
        at: stream.offset - 4,
        "\(tag.count) bytes of numbers, but the dimensions need \(count * storage.size)",
        "the file is damaged: get it again")
    }
    self.storage = storage
    small = tag.small
    remaining = count
    return storage
  }

  /// The next elements of the array that `next` went to, as bytes: as many as there are and fit.
  /// - Throws: an error for an element that is not a whole number from 0 to 255, too.
  func read(into buffer: inout MutableSpan<UInt8>) throws(DatasetError) -> Int {
    guard let array, remaining > 0, !buffer.isEmpty else { return 0 }
    let size = storage.size
    let count = min(buffer.count, remaining, 1 << 16)
    let place = array.offset
    var elements: [UInt8]
    if let small {
      let start = small.count - remaining * size
      elements = Array(small[start..<(start + count * size)])
    } else if storage == .uint8 {
      var target = buffer.extracting(first: count)
      try array.fill(&target)
      remaining -= count
      return count
    } else {
      elements = [UInt8](repeating: 0, count: count * size)
      var span = elements.mutableSpan
      try array.fill(&span)
    }
    for index in 0..<count {
      guard let value = byte(elements.span, index * size) else {
        throw array.damage(
          at: place + index * size, "a number that is not whole and from 0 to 255",
          "images and labels are such numbers")
      }
      buffer[index] = value
    }
    remaining -= count
    return count
  }

  private func byte(_ bytes: Span<UInt8>, _ place: Int) -> UInt8? {
    let size = storage.size
    let bits = (0..<size).reduce(UInt64(0)) {
      $0 << 8 | UInt64(bytes[place + (file.isBigEndian ? $1 : size - 1 - $1)])
    }
    switch storage {
    case .double: return UInt8(exactly: Double(bitPattern: bits))
    case .single: return UInt8(exactly: Float(bitPattern: UInt32(bits)))
    case .int8, .int16, .int32, .int64:
      return bits >> UInt64(8 * size - 1) == 0 ? UInt8(exactly: bits) : nil
    case .uint8, .uint16, .uint32, .uint64: return UInt8(exactly: bits)
    }
  }
}
