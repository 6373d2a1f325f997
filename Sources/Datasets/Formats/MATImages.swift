import Model

/// Reads images and labels as SVHN's MAT files hold them: `X`, rows × columns × channels × images,
/// and `y`, a label from 1 for each, the last class standing for the digit 0.
struct MATImages {
  /// Labels are 1 to this.
  let classes: Int
  /// The shape that images must have, or nil if it is not known.
  let shape: FeatureShape?

  /// Appends the images (NHWC) and labels of a file.
  /// - Parameter count: how many there must be, or nil if that is not known.
  func read(
    _ reader: any ContentReader, into store: ImageStore, count: Int? = nil
  ) throws(DatasetError) {
    let file = try MATReader(reader)
    var images: Int?
    var labels: Int?
    while let array = try file.next() {
      if array.name == "X", images == nil {
        images = try readImages(array, file, reader, into: store, expected: count)
      } else if array.name == "y", labels == nil {
        labels = try readLabels(array, file, reader, into: store, expected: count)
      }
    }
    guard let images, let labels else {
      throw reader.damage(
        nil, "no array called \(images == nil ? "X (the images)" : "y (the labels)")",
        "the file is not like SVHN's: `regbench data inspect` says what is in it")
    }
    guard images == labels else {
      throw reader.damage(
        nil, "\(labels) labels in y for \(images) images in X", "the file is damaged")
    }
  }

  private func readImages(
    _ array: MATArray, _ file: MATReader, _ reader: any ContentReader, into store: ImageStore,
    expected: Int?
  ) throws(DatasetError) -> Int {
    let sizes = array.dimensions
    guard array.kind == .uint8, !array.isComplex, sizes.count == 4, (1...4).contains(sizes[2]),
      sizes.allSatisfy({ $0 > 0 })
    else {
      throw reader.damage(
        nil,
        "X is \(array.kind.name) \(array.shapeText), expected uint8 "
          + "rows×columns×channels×images",
        "the file is not like SVHN's")
    }
    let found = FeatureShape(height: sizes[0], width: sizes[1], channels: sizes[2])
    guard found == shape ?? found, sizes[3] == expected ?? sizes[3] else {
      let images = expected.map { "\($0) images" } ?? "images"
      throw reader.damage(
        nil, "X holds \(sizes[3]) images of \(found), expected \(images) of \(shape ?? found)",
        DatasetError.otherSet)
    }
    guard array.count <= min(reader.mostBytes * 1032, DecodingLimit.pixelBytes) else {
      throw reader.damage(
        nil, "X promises \(array.count) bytes, which the file cannot hold",
        "the file is damaged: get it again")
    }
    try store.take(found, file: reader.name)
    let room = HeapBytes(count: found.count * 16)
    var left = sizes[3]
    while left > 0 {
      let images = min(left, 16)
      try fill(
        UnsafeMutableRawBufferPointer(rebasing: room.raw[..<(images * found.count)]), file)
      let target = store.pixels.append(images * found.count)
      for image in 0..<images {
        Self.transpose(
          UnsafeBufferPointer(rebasing: room.buffer[(image * found.count)...]),
          UnsafeMutableRawBufferPointer(rebasing: target[(image * found.count)...]), found)
      }
      left -= images
    }
    return sizes[3]
  }

  private func readLabels(
    _ array: MATArray, _ file: MATReader, _ reader: any ContentReader, into store: ImageStore,
    expected: Int?
  ) throws(DatasetError) -> Int {
    let count = array.count
    guard array.kind.isNumeric, !array.isComplex, array.dimensions.count == 2,
      array.dimensions.contains(1), count > 0, count == expected ?? count,
      count <= DecodingLimit.pixelBytes / 64
    else {
      throw reader.damage(
        nil,
        "y is \(array.kind.name) \(array.shapeText), expected "
          + "\(expected.map { "\($0)" } ?? "images")×1 numbers",
        "the file is not like SVHN's, or belongs to another data set")
    }
    var place = 0
    let room = HeapBytes(count: min(count, 1 << 16))
    while place < count {
      let got = try file.read(into: room.raw)
      for label in room.buffer.prefix(got) {
        guard (1...classes).contains(Int(label)) else {
          throw reader.damage(
            nil, "label \(label) of image \(place + 1) in y, expected 1 to \(classes)",
            "the file belongs to another data set, or is damaged")
        }
        store.labels.append(1)[0] = Int(label) == classes ? 0 : label
        place += 1
      }
    }
    return count
  }

  private func fill(
    _ buffer: UnsafeMutableRawBufferPointer, _ file: MATReader
  ) throws(DatasetError) {
    var filled = 0
    while filled < buffer.count {
      let got = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      // `next` has made sure that there are as many elements as the dimensions say.
      precondition(got > 0, "the elements were counted")
      filled += got
    }
  }

  /// Column by column and plane by plane, to pixels row by row.
  private static func transpose(
    _ source: UnsafeBufferPointer<UInt8>, _ target: UnsafeMutableRawBufferPointer,
    _ shape: FeatureShape
  ) {
    let (height, width, channels) = (shape.height, shape.width, shape.channels)
    for channel in 0..<channels {
      for row in 0..<height {
        for column in 0..<width {
          target[(row &* width &+ column) &* channels &+ channel] =
            source[(channel &* width &+ column) &* height &+ row]
        }
      }
    }
  }
}
