import Canonical

/// Reads IDX, the format of MNIST: two zero bytes, the element type, the number of dimensions, each
/// dimension as four bytes (big-endian), then the elements, the last dimension fastest.
struct IDXReader {
  /// What a file holds.
  struct Contents {
    /// The elements.
    var bytes: HeapBytes
    /// How many labels or images there are.
    var count: Int
    /// Rows of an image; 1 for labels.
    var height: Int
    /// Columns of an image; 1 for labels.
    var width: Int
    /// SHA-256 of the whole uncompressed file.
    var digest: String
  }

  private static let typeNames: [UInt8: String] = [
    0x08: "unsigned bytes", 0x09: "signed bytes", 0x0B: "16-bit integers",
    0x0C: "32-bit integers", 0x0D: "32-bit floats", 0x0E: "64-bit floats",
  ]

  private let reader: any ContentReader
  private let hashes: Bool

  /// Reads from `reader`; without `hashes` the digest stays empty.
  init(_ reader: any ContentReader, hashes: Bool = true) {
    self.reader = reader
    self.hashes = hashes
  }

  /// Opens a file, compressed if its name ends in `.gz`.
  init(file path: String, hashes: Bool = true) throws(DatasetError) {
    let source = try ByteSource(file: path)
    if path.hasSuffix(".gz") {
      self.init(try GzipReader(source), hashes: hashes)
    } else {
      self.init(PlainReader(source), hashes: hashes)
    }
  }

  /// Reads a file of images: three dimensions.
  func images() throws(DatasetError) -> Contents {
    try contents(dimensions: 3, what: "images", other: "labels")
  }

  /// Reads a file of labels: one dimension, every label below `classes`.
  func labels(classes: Int) throws(DatasetError) -> Contents {
    let contents = try contents(dimensions: 1, what: "labels", other: "images")
    if let place = contents.bytes.buffer.firstIndex(where: { Int($0) >= classes }) {
      throw damage(
        8 + place, "label \(contents.bytes.buffer[place]), expected 0 to \(classes - 1)",
        "the file belongs to another data set, or is damaged")
    }
    return contents
  }

  private func contents(
    dimensions: Int, what: String, other: String
  ) throws(DatasetError) -> Contents {
    let header = try header(dimensions: dimensions, what: what, other: other)
    let sizes = (1...dimensions).map { place in
      (0..<4).reduce(0) { $0 << 8 | Int(header[4 * place + $1]) }
    }
    var total = 1
    for size in sizes {
      let (product, overflows) = total.multipliedReportingOverflow(by: size)
      total = overflows ? Int.max / 2 : product
    }
    let written = sizes.map(String.init).joined(separator: "×")
    guard sizes.allSatisfy({ $0 > 0 }) else {
      throw damage(4, "the header says \(written) \(what)", "get the file again")
    }
    // Before any memory is taken for what a damaged header claims.
    let most = reader.mostBytes - header.count
    guard total <= most else {
      let size = "\(total) bytes of \(what) (\(written))"
      throw damage(
        4, "the header promises \(size), but the file can hold \(max(0, most)) at most",
        "the file is truncated or damaged: get it again")
    }
    let bytes = HeapBytes(count: total)
    let got = try reader.fill(bytes.raw)
    guard got == total else {
      throw damage(
        header.count + got, "the file ends after \(got) of \(total) bytes of \(what)",
        "the file is truncated: get it again")
    }
    try expectEnd(after: header.count + total)
    var digest = ""
    if hashes {
      var hash = SHA256()
      hash.update(header)
      hash.update(UnsafeRawBufferPointer(bytes.raw))
      digest = HexText.of(hash.finish())
    }
    let size = (height: dimensions == 3 ? sizes[1] : 1, width: dimensions == 3 ? sizes[2] : 1)
    return Contents(
      bytes: bytes, count: sizes[0], height: size.height, width: size.width, digest: digest)
  }

  private func header(
    dimensions: Int, what: String, other: String
  ) throws(DatasetError) -> [UInt8] {
    let count = 4 + 4 * dimensions
    let storage = HeapBytes(count: count)
    let got = try reader.fill(storage.raw)
    let header = Array(storage.buffer.prefix(got))
    if DatasetError.isPage(header) {
      throw damage(
        0, "expected \(what) in IDX format, found a web page (HTML)",
        "the download went wrong: get the file again")
    }
    if header.starts(with: [0x1F, 0x8B]) {
      throw damage(
        0, "expected \(what) in IDX format, found compressed data (gzip)",
        "end its name in \".gz\", or decompress it once more")
    }
    guard got >= 4, header[0] == 0, header[1] == 0 else {
      let found = got == 0 ? "an empty file" : "bytes \(DatasetError.hex(header.prefix(4)))"
      throw damage(
        0, "expected \(what) in IDX format (bytes 00 00 08 0\(dimensions)), found \(found)",
        "get the file again")
    }
    guard header[2] == 0x08 else {
      let found = Self.typeNames[header[2]] ?? "type \(DatasetError.hex([header[2]]))"
      throw damage(
        2, "expected unsigned bytes (type 08), found \(found)",
        "only IDX files of unsigned bytes can be read")
    }
    guard Int(header[3]) == dimensions else {
      let isOther = Int(header[3]) == 4 - dimensions
      throw damage(
        3,
        isOther
          ? "these are \(other), expected \(what)"
          : "\(header[3]) dimensions, expected \(dimensions) (\(what))",
        isOther
          ? "the files of images and labels are swapped: exchange their names"
          : "get the file again")
    }
    guard got == count else {
      throw damage(
        got, "the file ends inside its header of \(count) bytes",
        "the file is truncated: get it again")
    }
    return header
  }

  private func expectEnd(after count: Int) throws(DatasetError) {
    let rest = HeapBytes(count: 1)
    if try reader.fill(rest.raw) != 0 {
      throw damage(
        count, "more bytes follow the end that the header gives", "get the file again")
    }
  }

  private func damage(_ offset: Int, _ problem: String, _ advice: String) -> DatasetError {
    DatasetError(
      .corrupt, file: reader.name, offset: offset, isDecoded: reader.isCompressed, problem,
      advice: advice)
  }
}
