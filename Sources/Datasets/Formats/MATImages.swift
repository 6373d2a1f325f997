import Model

/// Reads images and labels as SVHN's MAT files hold them: `X`, rows × columns × channels × images,
/// and `y`, a label from 1 for each, the last class standing for the digit 0.
struct MATImages {
  /// No byte of deflated data stands for more.
  private static let maximumCompression = 1032

  /// Labels are 1 to this, and the last stands for 0; nil leaves them as they are.
  let classes: Int?
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
        DatasetError.otherContents)
    }
    guard array.count <= DecodingLimit.pixelBytes,
      array.count / Self.maximumCompression <= reader.maximumBytes
    else {
      throw reader.damage(
        nil, "X promises \(array.count) bytes, which the file cannot hold",
        "the file is damaged: get it again")
    }
    try store.take(found, file: reader.name)
    try store.reserve(images: sizes[3])
    var room = [UInt8](repeating: 0, count: found.count)
    for _ in 0..<sizes[3] {
      var span = room.mutableSpan
      try fill(&span, file)
      store.appendImage { Self.transpose(room.span, &$0, found) }
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
    var room = [UInt8](repeating: 0, count: min(count, 1 << 16))
    while place < count {
      var span = room.mutableSpan
      let got = try file.read(into: &span)
      for label in room.prefix(got) {
        if let classes, !(1...classes).contains(Int(label)) {
          throw reader.damage(
            nil, "label \(label) of image \(place + 1) in y, expected 1 to \(classes)",
            "the file belongs to another data set, or is damaged")
        }
        store.labels.append(Int(label) == classes ? 0 : label)
        place += 1
      }
    }
    return count
  }

  private func fill(
    _ buffer: inout MutableSpan<UInt8>, _ file: MATReader
  ) throws(DatasetError) {
    var filled = 0
    while filled < buffer.count {
      var rest = buffer.extracting(droppingFirst: filled)
      let got = try file.read(into: &rest)
      // `next` has made sure that there are as many elements as the dimensions say.
      precondition(got > 0, "the elements were counted")
      filled += got
    }
  }

  /// Column by column and plane by plane, to pixels row by row.
  private static func transpose(
    _ source: Span<UInt8>, _ target: inout MutableSpan<UInt8>, _ shape: FeatureShape
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

extension MATImages: FormatReading {
  static func recognizes(_ start: [UInt8]) -> Bool {
    start.starts(with: Array("MATLAB".utf8))
      || (start.count >= 128
        && ["IM", "MI"].contains(String(decoding: start[126..<128], as: UTF8.self)))
  }

  static func inspect(
    _ reader: any ContentReader, images: Int, into inspection: inout FileInspection
  ) throws(DatasetError) {
    inspection.format = "MAT 5"
    let file = try MATReader(reader)
    var room = [UInt8](repeating: 0, count: 64 * 1024)
    while let array = try file.next() {
      let stored = array.storage.map { "\($0)" == array.kind.name ? "" : ", stored as \($0)" }
      var field = FileInspection.Field(
        name: array.name,
        type: array.kind.name + (array.isLogical ? " (logical)" : "")
          + (array.isComplex ? ", complex" : "") + (stored ?? ""),
        shape: array.dimensions)
      if array.name == "y", array.kind.isNumeric, array.count > 0 {
        var histogram = [Int](repeating: 0, count: 256)
        while true {
          var span = room.mutableSpan
          let got = try file.read(into: &span)
          if got == 0 { break }
          for value in room.prefix(got) { histogram[Int(value)] += 1 }
        }
        field.histogram = FileInspection.trimmed(histogram)
      }
      inspection.arrays.append(field)
    }
    let isLikeSVHN = inspection.arrays.contains { $0.name == "X" && $0.shape.count == 4 }
    guard images > 0, isLikeSVHN else { return }
    let store = ImageStore()
    try MATImages(classes: nil, shape: nil).read(
      try FileInspection.open(inspection.path, inspection.isCompressed), into: store)
    if let shape = store.shape { inspection.sheet = ContactSheet(store.set(shape), count: images) }
  }

  static let userFilesText =
    "two MAT files whose names tell train from test, each with X and y as in SVHN's"

  static func userFiles(at path: String) throws(DatasetError) -> UserFiles? {
    let names = UserFiles.names(in: path)
    func file(_ word: String) throws(DatasetError) -> String? {
      try UserFiles.only(names, in: path) { $0.contains(word) && $0.hasSuffix(".mat") }
    }
    guard let training = try file("train"), let test = try file("test") else { return nil }
    return UserFiles(
      .mat,
      [
        KnownDataset.File(name: training, part: .training, contents: .both),
        KnownDataset.File(name: test, part: .test, contents: .both),
      ], in: path)
  }

  static func readAnything(_ source: ByteSource) throws(DatasetError) {
    try MATImages(classes: 10, shape: nil).read(source, into: ImageStore())
  }
}
