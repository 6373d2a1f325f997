import Model

/// Reads the binary format of CIFAR-10 and CIFAR-100: records without any header, each one label
/// byte (CIFAR-100: the coarse one, then the fine one, which is used) and the planes of the image,
/// red, green, blue, row by row.
struct CIFARReader {
  /// Records that are read at once.
  private static let batch = 64
  /// Batch files that an error names.
  private static let namedLacking = 10

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
    let maximum = count ?? DecodingLimit.pixelBytes / max(1, shape.count)
    if !reader.isCompressed || count != nil {
      try store.reserve(images: min(maximum, reader.maximumBytes / size))
    }
    var room = [UInt8](repeating: 0, count: size * Self.batch)
    var read = 0
    while true {
      let got = try reader.fill(&room)
      if read == 0 { try checkStart(room.prefix(got), reader) }
      let records = got / size
      guard read + records <= maximum, got % size == 0 else {
        let offset = min(read + records, maximum) * size
        throw reader.damage(
          offset,
          got % size == 0
            ? "more than the expected \(maximum) records of \(size) bytes"
            : "\(got % size) bytes of a record of \(size)",
          "the file is truncated or damaged, or is not in CIFAR's binary format: get it again")
      }
      for record in 0..<records {
        try decode(
          room.span.extracting((record * size)..<((record + 1) * size)), read + record, reader,
          into: store)
      }
      read += records
      if got < room.count { break }
    }
    guard read > 0, read == count ?? read else {
      throw reader.damage(
        read * size, "the file ends after \(read) of \(count ?? 1) records",
        DatasetError.otherContents)
    }
  }

  private func checkStart(
    _ start: ArraySlice<UInt8>, _ reader: any ContentReader
  ) throws(DatasetError) {
    let known: [(String, [UInt8])] = [
      ("gzip", FileSignature.gzip), ("zip", FileSignature.zip), ("pickled Python", [0x80]),
    ]
    // A label of 31, 80 or 128 may begin a record, so only what cannot be one is refused here.
    let found =
      FileSignature.isPage(start)
      ? "a web page (HTML)" : known.first { start.starts(with: $0.1) }?.0
    guard let found, start.first.map({ Int($0) >= classes && labelBytes == 1 }) == true else {
      return
    }
    throw reader.damage(
      0, "expected records in CIFAR's binary format, found \(found)",
      "get the binary version of the data set, and unpack it or leave the archive as it is")
  }

  private func decode(
    _ record: Span<UInt8>, _ number: Int, _ reader: any ContentReader, into store: ImageStore
  ) throws(DatasetError) {
    let label = record[labelBytes - 1]
    guard Int(label) < classes else {
      throw reader.damage(
        number * record.count + labelBytes - 1, "label \(label), expected 0 to \(classes - 1)",
        "the file is damaged, or is not in CIFAR's binary format: get it again")
    }
    store.labels.append(label)
    let planes = record.extracting(droppingFirst: labelBytes)
    store.appendImage { Self.interleave(planes, &$0, channels: shape.channels) }
  }

  /// Planes to pixels.
  private static func interleave(
    _ planes: Span<UInt8>, _ pixels: inout MutableSpan<UInt8>, channels: Int
  ) {
    let size = planes.count / channels
    if channels == 3 {
      let red = planes.extracting(first: size)
      let green = planes.extracting(size..<(2 * size))
      let blue = planes.extracting(last: size)
      for pixel in 0..<size {
        pixels[3 &* pixel] = red[pixel]
        pixels[3 &* pixel &+ 1] = green[pixel]
        pixels[3 &* pixel &+ 2] = blue[pixel]
      }
    } else {
      for pixel in 0..<size {
        for channel in 0..<channels {
          pixels[channels &* pixel &+ channel] = planes[channel &* size &+ pixel]
        }
      }
    }
  }
}

extension CIFARReader: FormatReading {
  /// Records have no header: only their length tells, so that they are looked for last.
  static func recognizes(_ start: [UInt8]) -> Bool { false }

  static func inspect(
    _ reader: any ContentReader, images: Int, into inspection: inout FileInspection
  ) throws(DatasetError) {
    let path = inspection.path
    let total = try FileInspection.open(path, inspection.isCompressed).skip()
    let shape = FeatureShape.cifarImage
    let fits = [1, 2].filter { total > 0 && total % (shape.count + $0) == 0 }
    guard let labelBytes = fits.first else {
      throw DatasetError(
        .corrupt, file: path, offset: 0,
        total == 0 ? "an empty file" : "no format that is known here",
        advice: "known: IDX, CIFAR's binary records, MAT 5, NPY, NPZ, PNG, and tar, tar.gz or zip "
          + "with them")
    }
    inspection.format = "CIFAR binary"
    let store = ImageStore()
    try CIFARReader(labelBytes: labelBytes, classes: 256, shape: shape).read(reader, into: store)
    var histogram = [Int](repeating: 0, count: 256)
    for label in store.labels { histogram[Int(label)] += 1 }
    let count = store.labels.count
    inspection.arrays = [
      FileInspection.Field(
        name: labelBytes == 1 ? "labels" : "fine labels", type: "unsigned bytes", shape: [count],
        histogram: FileInspection.trimmed(histogram)),
      FileInspection.Field(
        name: "images", type: "unsigned bytes",
        shape: [count, shape.channels, shape.height, shape.width]),
    ]
    if images > 0 { inspection.sheet = ContactSheet(store.set(shape), count: images) }
  }

  static let userFilesText =
    "data_batch_1.bin, data_batch_2.bin, … and test_batch.bin, or train.bin and test.bin, in CIFAR's "
    + "binary format"

  static func userFiles(at path: String) throws(DatasetError) -> UserFiles? {
    let names = UserFiles.names(in: path)
    func has(_ name: String) -> String? {
      [name, name + ".gz"].first { names.contains($0) }
    }
    func file(_ name: String, _ part: KnownDataset.File.Part) -> KnownDataset.File {
      KnownDataset.File(name: name, part: part, contents: .both)
    }
    if let train = has("train.bin"), let test = has("test.bin") {
      return UserFiles(
        .cifar(labelBytes: 2), [file(train, .training), file(test, .test)], in: path)
    }
    var batches: [Int: String] = [:]
    for name in names {
      let stem = name.hasSuffix(".gz") ? name.dropLast(3) : name[...]
      guard stem.hasPrefix("data_batch_"), stem.hasSuffix(".bin"),
        let number = Int(stem.dropFirst("data_batch_".count).dropLast(4)), number > 0
      else { continue }
      batches[number] = name
    }
    guard let last = batches.keys.max() else { return nil }
    // A file's name may claim any number of batches; the first that lack say enough.
    let lacking = (1...last).lazy.filter { batches[$0] == nil }.prefix(Self.namedLacking)
      .map { "data_batch_\($0).bin" }
    let more = last - batches.count - lacking.count
    let test = has("test_batch.bin")
    guard lacking.isEmpty, let test else {
      let all =
        lacking + (more > 0 ? ["\(more) more batches"] : [])
        + (test == nil ? ["test_batch.bin"] : [])
      throw DatasetError(
        .missing, file: path, "it lacks \(all.joined(separator: ", "))",
        advice: "batches are numbered from 1 without gaps, so that none is left out unseen")
    }
    let files = (1...last).compactMap { batches[$0] }.map { file($0, .training) }
    return UserFiles(.cifar(labelBytes: 1), files + [file(test, .test)], in: path)
  }

  static func readAnything(_ source: ByteSource) throws(DatasetError) {
    try CIFARReader(
      labelBytes: 1, classes: 10, shape: FeatureShape(height: 2, width: 2, channels: 3)
    ).read(source, into: ImageStore())
  }
}
