import Model

/// Reads the binary format of CIFAR-10 and CIFAR-100: records without any header, each one label
/// byte (CIFAR-100: the coarse one, then the fine one, which is used) and the planes of the image,
/// red, green, blue, row by row.
struct CIFARReader {
  /// Records that are read at once.
  private static let batch = 64

  /// Label bytes in front of an image.
  let labelBytes: Int
  /// Every label is below this.
  let classes: Int
  /// One image's shape.
  let shape: FeatureShape

  /// Appends the images (NHWC) and labels of a file.
  /// - Parameter count: how many there must be, or nil if that is not known.
  func read(
    _ reader: any ContentReader, into store: ImageStore, count: Int? = nil
  ) throws(DatasetError) {
    try store.take(shape, file: reader.name)
    let size = labelBytes + shape.count
    let most = count ?? DecodingLimit.pixelBytes / max(1, shape.count)
    let room = HeapBytes(count: size * Self.batch)
    var read = 0
    while true {
      let got = try reader.fill(room.raw)
      if read == 0 { try checkStart(room.buffer.prefix(got), reader) }
      let records = got / size
      guard read + records <= most, got % size == 0 else {
        let offset = min(read + records, most) * size
        throw reader.damage(
          offset,
          got % size == 0
            ? "more than the expected \(most) records of \(size) bytes"
            : "\(got % size) bytes of a record of \(size)",
          "the file is truncated or damaged, or is not in CIFAR's binary format: get it again")
      }
      try decode(room.buffer, records, first: read, reader, into: store)
      read += records
      if got < room.count { break }
    }
    guard read > 0, read == count ?? read else {
      throw reader.damage(
        read * size, "the file ends after \(read) of \(count ?? 1) records", DatasetError.otherSet)
    }
  }

  private func checkStart(
    _ start: Slice<UnsafeBufferPointer<UInt8>>, _ reader: any ContentReader
  ) throws(DatasetError) {
    let known: [(String, [UInt8])] = [
      ("gzip", [0x1F, 0x8B]), ("zip", Array("PK".utf8)), ("pickled Python", [0x80]),
    ]
    // A label of 31, 80 or 128 may begin a record, so only what cannot be one is refused here.
    let found =
      DatasetError.isPage(start)
      ? "a web page (HTML)" : known.first { start.starts(with: $0.1) }?.0
    guard let found, start.first.map({ Int($0) >= classes && labelBytes == 1 }) == true else {
      return
    }
    throw reader.damage(
      0, "expected records in CIFAR's binary format, found \(found)",
      "get the binary version of the data set, and unpack it or leave the archive as it is")
  }

  private func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, _ records: Int, first: Int, _ reader: any ContentReader,
    into store: ImageStore
  ) throws(DatasetError) {
    let size = labelBytes + shape.count
    let labels = store.labels.append(records)
    for record in 0..<records {
      let label = bytes[record * size + labelBytes - 1]
      guard Int(label) < classes else {
        throw reader.damage(
          (first + record) * size + labelBytes - 1, "label \(label), expected 0 to \(classes - 1)",
          "the file is damaged, or is not in CIFAR's binary format: get it again")
      }
      labels[record] = label
    }
    let pixels = store.pixels.append(records * shape.count)
    let plane = shape.height * shape.width
    for record in 0..<records {
      let source = UnsafeBufferPointer(rebasing: bytes[(record * size + labelBytes)...])
      let target = UnsafeMutableRawBufferPointer(rebasing: pixels[(record * shape.count)...])
      Self.interleave(source, target, plane: plane, channels: shape.channels)
    }
  }

  /// Planes to pixels: a free loop over pointers.
  static func interleave(
    _ source: UnsafeBufferPointer<UInt8>, _ target: UnsafeMutableRawBufferPointer, plane: Int,
    channels: Int
  ) {
    guard let from = source.baseAddress, let to = target.baseAddress else { return }
    let bytes = to.assumingMemoryBound(to: UInt8.self)
    if channels == 3 {
      for pixel in 0..<plane {
        bytes[3 &* pixel] = from[pixel]
        bytes[3 &* pixel &+ 1] = from[plane &+ pixel]
        bytes[3 &* pixel &+ 2] = from[2 &* plane &+ pixel]
      }
    } else {
      for pixel in 0..<plane {
        for channel in 0..<channels {
          bytes[channels &* pixel &+ channel] = from[channel &* plane &+ pixel]
        }
      }
    }
  }
}
