/// Reads IDX, the format of MNIST: two zero bytes, the element type, the number of dimensions, each
/// dimension as four bytes (big-endian), then the elements, the last dimension fastest.
struct IDXReader {
  /// The element types of the format.
  enum ElementType: UInt8, CaseIterable {
    case unsignedBytes = 0x08
    case signedBytes = 0x09
    case shorts = 0x0B
    case integers = 0x0C
    case floats = 0x0D
    case doubles = 0x0E

    /// In a user's words.
    var name: String {
      switch self {
      case .unsignedBytes: "unsigned bytes"
      case .signedBytes: "signed bytes"
      case .shorts: "16-bit integers"
      case .integers: "32-bit integers"
      case .floats: "32-bit floats"
      case .doubles: "64-bit floats"
      }
    }

    /// Bytes of an element.
    var size: Int {
      switch self {
      case .unsignedBytes, .signedBytes: 1
      case .shorts: 2
      case .integers, .floats: 4
      case .doubles: 8
      }
    }
  }

  /// What a header says.
  struct Header: Equatable {
    var type: ElementType
    /// The dimensions, the slowest first; none is 0.
    var dimensions: [Int]
    /// Elements, known to be possible for the file.
    var count: Int

    /// Bytes of the header itself.
    var length: Int { 4 + 4 * dimensions.count }
    /// The dimensions as people write them.
    var text: String { dimensions.map(String.init).joined(separator: "×") }
  }

  /// What a file of images or labels holds.
  struct Contents {
    /// The elements.
    var bytes: HeapBytes
    /// How many labels or images there are.
    var count: Int
    /// Rows of an image; 1 for labels.
    var height: Int
    /// Columns of an image; 1 for labels.
    var width: Int
  }

  private let reader: any ContentReader

  /// Reads from `reader`.
  init(_ reader: any ContentReader) { self.reader = reader }

  /// Reads a file of images: three dimensions.
  /// - Parameter count: how many there must be, or nil if that is not known.
  func images(count: Int? = nil) throws(DatasetError) -> Contents {
    try contents(dimensions: 3, what: "images", other: "labels", expected: count)
  }

  /// Reads a file of labels: one dimension, every label from `first` to `first + classes - 1`.
  /// - Returns: labels from 0.
  func labels(
    classes: Int, first: Int = 0, count: Int? = nil
  ) throws(DatasetError) -> Contents {
    let contents = try contents(dimensions: 1, what: "labels", other: "images", expected: count)
    let allowed = first..<(first + classes)
    if let place = contents.bytes.buffer.firstIndex(where: { !allowed.contains(Int($0)) }) {
      throw reader.damage(
        8 + place,
        "label \(contents.bytes.buffer[place]), expected \(first) to \(first + classes - 1)",
        "the file belongs to another data set, or is damaged")
    }
    if first > 0 {
      for place in 0..<contents.count { contents.bytes.raw[place] -= UInt8(first) }
    }
    return contents
  }

  /// Reads the header of a file of any element type and number of dimensions; the elements come
  /// next.
  func header() throws(DatasetError) -> Header {
    let start = try reader.bytes(4)
    try checkStart(start, expected: "IDX format (bytes 00 00, type, dimensions)")
    guard let type = ElementType(rawValue: start[2]) else {
      throw reader.damage(
        2, "unknown element type \(DatasetError.hex([start[2]])), expected 08, 09, 0b to 0e",
        "get the file again")
    }
    guard start[3] > 0 else {
      throw reader.damage(3, "no dimensions, expected at least 1", "get the file again")
    }
    return try dimensions(Int(start[3]), type, what: "elements")
  }

  private func contents(
    dimensions: Int, what: String, other: String, expected: Int?
  ) throws(DatasetError) -> Contents {
    let start = try reader.bytes(4)
    try checkStart(start, expected: "\(what) in IDX format (bytes 00 00 08 0\(dimensions))")
    guard start[2] == ElementType.unsignedBytes.rawValue else {
      let found =
        ElementType(rawValue: start[2])?.name ?? "type \(DatasetError.hex([start[2]]))"
      throw reader.damage(
        2, "expected unsigned bytes (type 08), found \(found)",
        "images and labels are IDX files of unsigned bytes")
    }
    guard Int(start[3]) == dimensions else {
      let isOther = Int(start[3]) == 4 - dimensions
      throw reader.damage(
        3,
        isOther
          ? "these are \(other), expected \(what)"
          : "\(start[3]) dimensions, expected \(dimensions) (\(what))",
        isOther
          ? "the files of images and labels are swapped: exchange their names"
          : "get the file again")
    }
    let header = try self.dimensions(dimensions, .unsignedBytes, what: what)
    if let expected, header.dimensions[0] != expected {
      throw reader.damage(
        4, "\(header.dimensions[0]) \(what), expected \(expected)", DatasetError.otherSet)
    }
    let bytes = HeapBytes(count: header.count)
    let got = try reader.fill(bytes.raw)
    guard got == header.count else {
      throw reader.damage(
        header.length + got, "the file ends after \(got) of \(header.count) bytes of \(what)",
        "the file is truncated: get it again")
    }
    if try !reader.bytes(1).isEmpty {
      throw reader.damage(
        header.length + header.count, "more bytes follow the end that the header gives",
        "get the file again")
    }
    let sizes = header.dimensions
    return Contents(
      bytes: bytes, count: sizes[0], height: dimensions == 3 ? sizes[1] : 1,
      width: dimensions == 3 ? sizes[2] : 1)
  }

  private func checkStart(_ start: [UInt8], expected: String) throws(DatasetError) {
    if DatasetError.isPage(start) {
      throw reader.damage(
        0, "expected \(expected), found a web page (HTML)",
        "the download went wrong: get the file again")
    }
    if start.starts(with: [0x1F, 0x8B]) {
      throw reader.damage(
        0, "expected \(expected), found compressed data (gzip)",
        "end its name in \".gz\", or decompress it once more")
    }
    guard start.count == 4, start[0] == 0, start[1] == 0 else {
      let found = start.isEmpty ? "an empty file" : "bytes \(DatasetError.hex(start))"
      throw reader.damage(0, "expected \(expected), found \(found)", "get the file again")
    }
  }

  private func dimensions(
    _ dimensions: Int, _ type: ElementType, what: String
  ) throws(DatasetError) -> Header {
    let bytes = try reader.bytes(4 * dimensions)
    let length = 4 + 4 * dimensions
    guard bytes.count == 4 * dimensions else {
      throw reader.damage(
        4 + bytes.count, "the file ends inside its header of \(length) bytes",
        "the file is truncated: get it again")
    }
    let sizes = (0..<dimensions).map { place in
      (0..<4).reduce(0) { $0 << 8 | Int(bytes[4 * place + $1]) }
    }
    let written = sizes.map(String.init).joined(separator: "×")
    guard sizes.allSatisfy({ $0 > 0 }) else {
      throw reader.damage(4, "the header says \(written) \(what)", "get the file again")
    }
    var total = type.size
    for size in sizes {
      let (product, overflows) = total.multipliedReportingOverflow(by: size)
      total = overflows ? Int.max / 2 : product
    }
    // Before any memory is taken for what a damaged header claims.
    let most = min(reader.mostBytes - length, DecodingLimit.pixelBytes)
    guard total <= most else {
      throw reader.damage(
        4,
        "the header promises \(total) bytes of \(what) (\(written)), but the file can hold "
          + "\(max(0, most)) at most",
        "the file is truncated or damaged: get it again")
    }
    return Header(type: type, dimensions: sizes, count: total / type.size)
  }
}
