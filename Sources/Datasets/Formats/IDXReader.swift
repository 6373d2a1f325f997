import Durable
import Model

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
    var bytes: [UInt8]
    /// How many labels or images there are.
    var count: Int
    /// Rows of an image; 1 for labels.
    var height: Int
    /// Columns of an image; 1 for labels.
    var width: Int
    /// Values of a pixel, which are the fourth dimension; 1 where there are three.
    var channels: Int
  }

  private let reader: any ContentReader

  /// Reads from `reader`.
  init(_ reader: any ContentReader) { self.reader = reader }

  /// Reads a file of images: three dimensions, or four of which the last are channels.
  /// - Parameter count: how many there must be, or nil if that is not known.
  func images(count: Int? = nil) throws(DatasetError) -> Contents {
    try contents(dimensions: 3...4, what: "images", other: "labels", expected: count)
  }

  /// Reads a file of labels: one dimension, every label from `first` to `first + classes - 1`.
  /// - Parameter classes: how many there are, or nil if that is not known.
  /// - Returns: labels from 0.
  func labels(
    classes: Int?, first: Int = 0, count: Int? = nil
  ) throws(DatasetError) -> Contents {
    var contents = try contents(
      dimensions: 1...1, what: "labels", other: "images", expected: count)
    let last = classes.map { first + $0 - 1 } ?? 255
    if let place = contents.bytes.firstIndex(where: { !(first...last).contains(Int($0)) }) {
      throw reader.damage(
        8 + place,
        "label \(contents.bytes[place]), expected \(first) to \(last)",
        "the file belongs to another data set, or is damaged")
    }
    if first > 0 {
      for place in contents.bytes.indices { contents.bytes[place] -= UInt8(first) }
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
        2, "unknown element type \(FileSignature.hex([start[2]])), expected 08, 09, 0b to 0e",
        "get the file again")
    }
    guard start[3] > 0 else {
      throw reader.damage(3, "no dimensions, expected at least 1", "get the file again")
    }
    return try dimensions(Int(start[3]), type, what: "elements")
  }

  private func contents(
    dimensions: ClosedRange<Int>, what: String, other: String, expected: Int?
  ) throws(DatasetError) -> Contents {
    let start = try reader.bytes(4)
    try checkStart(
      start, expected: "\(what) in IDX format (bytes 00 00 08 0\(dimensions.lowerBound))")
    guard start[2] == ElementType.unsignedBytes.rawValue else {
      let found =
        ElementType(rawValue: start[2])?.name ?? "type \(FileSignature.hex([start[2]]))"
      throw reader.damage(
        2, "expected unsigned bytes (type 08), found \(found)",
        "images and labels are IDX files of unsigned bytes")
    }
    guard dimensions.contains(Int(start[3])) else {
      let isOther = Int(start[3]) == (dimensions.lowerBound == 1 ? 3 : 1)
      throw reader.damage(
        3,
        isOther
          ? "these are \(other), expected \(what)"
          : "\(start[3]) dimensions, expected \(dimensions.lowerBound) (\(what))",
        isOther
          ? "the files of images and labels are swapped: exchange their names"
          : "get the file again")
    }
    let header = try self.dimensions(Int(start[3]), .unsignedBytes, what: what)
    let sizes = header.dimensions
    if let expected, sizes[0] != expected {
      throw reader.damage(
        4, "\(sizes[0]) \(what), expected \(expected)", DatasetError.otherContents)
    }
    if sizes.count == 4, sizes[3] > 4 {
      throw reader.damage(
        16, "\(header.text), expected images×rows×columns×channels with 1 to 4 channels",
        "the channels of a pixel stand together in IDX files with four dimensions")
    }
    try MemoryLimit.check(header.count)
    var bytes = [UInt8](repeating: 0, count: header.count)
    let got = try reader.fill(&bytes)
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
    return Contents(
      bytes: bytes, count: sizes[0], height: sizes.count > 2 ? sizes[1] : 1,
      width: sizes.count > 2 ? sizes[2] : 1, channels: sizes.count > 3 ? sizes[3] : 1)
  }

  private func checkStart(_ start: [UInt8], expected: String) throws(DatasetError) {
    if FileSignature.isPage(start) {
      throw reader.damage(
        0, "expected \(expected), found a web page (HTML)",
        "the download went wrong: get the file again")
    }
    if start.starts(with: FileSignature.gzip) {
      throw reader.damage(
        0, "expected \(expected), found compressed data (gzip)",
        "end its name in \".gz\", or decompress it once more")
    }
    if start.count == 4, start[2] == 0, start[3] == 0, start[0] > 0,
      ElementType(rawValue: start[1]) != nil
    {
      throw reader.damage(
        0, "expected \(expected), found such a header in little-endian order",
        Self.bigEndianAdvice)
    }
    guard start.count == 4, start[0] == 0, start[1] == 0 else {
      throw reader.damage(
        0, "expected \(expected), found \(FileSignature.words(start, shown: 4))",
        "get the file again")
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
    let total = DecodingLimit.product([type.size] + sizes) ?? .max
    // Before any memory is taken for what a damaged header claims.
    let maximum = min(reader.maximumBytes - length, DecodingLimit.pixelBytes)
    guard total <= maximum else {
      let swapped = sizes.map { Int(UInt32(truncatingIfNeeded: $0).byteSwapped) }
      let others = DecodingLimit.product([type.size] + swapped) ?? .max
      // A compressed file has no length to compare with.
      if reader.isCompressed ? others < 1 << 20 && others <= maximum : others == maximum {
        throw reader.damage(
          4,
          "dimensions in little-endian order (\(swapped.map(String.init).joined(separator: "×")))",
          Self.bigEndianAdvice)
      }
      let size =
        total == .max
        ? "more bytes of \(what) than can be counted" : "\(total) bytes of \(what)"
      throw reader.damage(
        4,
        "the header promises \(size) (\(written)), but the file can hold "
          + "\(max(0, maximum)) at most",
        "the file is truncated or damaged: get it again")
    }
    return Header(type: type, dimensions: sizes, count: total / type.size)
  }

  private static let bigEndianAdvice =
    "write the header's numbers with the highest byte first, as the format has it"
}

extension IDXReader: FormatReading {
  static func recognizes(_ start: [UInt8]) -> Bool {
    start.count > 4 && start[0] == 0 && start[1] == 0 && start[3] > 0
      && ElementType(rawValue: start[2]) != nil
  }

  static func inspect(
    _ reader: any ContentReader, images: Int, into inspection: inout FileInspection
  ) throws(DatasetError) {
    inspection.format = "IDX"
    let header = try IDXReader(reader).header()
    var field = FileInspection.Field(name: "", type: header.type.name, shape: header.dimensions)
    let isBytes = header.type == .unsignedBytes
    let expected = header.count * header.type.size
    var read = 0
    var kept: Contents?
    if isBytes, header.dimensions.count == 1 {
      var histogram = [Int](repeating: 0, count: 256)
      while true {
        let some = try reader.bytes(64 * 1024)
        for value in some { histogram[Int(value)] += 1 }
        read += some.count
        if some.isEmpty { break }
      }
      field.histogram = FileInspection.trimmed(histogram)
    } else {
      if isBytes, header.dimensions.count == 3 {
        let (height, width) = (header.dimensions[1], header.dimensions[2])
        let count = min(images, header.dimensions[0])
        let pixels = try reader.bytes(count * height * width)
        read = pixels.count
        kept = Contents(bytes: pixels, count: count, height: height, width: width, channels: 1)
      }
      read += try reader.skip()
    }
    guard read == expected else {
      throw reader.damage(
        header.length + min(read, expected),
        "\(read) bytes of elements, but the header (\(header.text)) promises \(expected)",
        "the file is truncated or damaged: get it again")
    }
    inspection.arrays = [field]
    if var kept, images > 0 {
      // EMNIST's images lie transposed in their files.
      if PathName.last(of: inspection.path).hasPrefix("emnist-") { kept.transpose() }
      inspection.sheet = ContactSheet(
        shape: FeatureShape(height: kept.height, width: kept.width, channels: kept.channels),
        pixels: kept.bytes)
    }
  }

  static let userFilesText =
    "IDX files whose names tell train from test and images from labels, as MNIST's do"

  static func userFiles(at path: String) throws(DatasetError) -> UserFiles? {
    let names = UserFiles.names(in: path)
    func file(
      _ part: KnownDataset.File.Part, _ contents: KnownDataset.File.Contents
    ) throws(DatasetError) -> String? {
      try UserFiles.only(names, in: path) { name in
        let isTest = name.contains("test") || name.contains("t10k")
        let isLabels = name.contains("label") || name.contains("idx1")
        let isImages = !isLabels && (name.contains("image") || name.contains("idx3"))
        return (part == .test ? isTest : name.contains("train") && !isTest)
          && (contents == .labels ? isLabels : isImages)
          && !name.hasSuffix(".npy") && !name.hasSuffix(".csv")
      }
    }
    var files: [KnownDataset.File] = []
    for wanted in KnownDataset.mnist.files {
      guard let name = try file(wanted.part, wanted.contents) else { return nil }
      files.append(KnownDataset.File(name: name, part: wanted.part, contents: wanted.contents))
    }
    // EMNIST's files hold each image transposed.
    let isTransposed = files.allSatisfy { $0.name.hasPrefix("emnist-") }
    return UserFiles(.idx(isTransposed: isTransposed, firstLabel: 0), files, in: path)
  }

  static func readAnything(_ source: ByteSource) throws(DatasetError) {
    let kind = try source.bytes(1)
    switch kind.first.map({ $0 % 4 }) {
    case 0: _ = try IDXReader(source).images()
    case 1: _ = try IDXReader(source).labels(classes: 10)
    case 2: _ = try IDXReader(GzipReader(source)).images()
    default: _ = try IDXReader(source).header()
    }
  }
}
