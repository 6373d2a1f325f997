import Durable
import Model

/// What is looked at in each format.
extension FileInspection {
  mutating func inspectZip(_ source: ByteSource) throws(DatasetError) {
    format = "zip"
    let zip = try ZipReader(source)
    for member in zip.members {
      if !member.name.hasSuffix("/") { try zip.open(member).skip() }
      members.append(Member(name: member.name, bytes: member.count))
    }
  }

  mutating func inspectTar(_ reader: any ContentReader) throws(DatasetError) {
    format = "tar"
    let tar = TarReader(reader)
    while let member = try tar.next() {
      members.append(Member(name: member.name, bytes: member.count))
    }
  }

  mutating func inspectIDX(_ reader: any ContentReader, _ images: Int) throws(DatasetError) {
    format = "IDX"
    let header = try IDXReader(reader).header()
    var field = Field(name: "", type: header.type.name, shape: header.dimensions)
    let isBytes = header.type == .unsignedBytes
    let expected = header.count * header.type.size
    var read = 0
    if isBytes, header.dimensions.count == 1 {
      var histogram = [Int](repeating: 0, count: 256)
      while true {
        let some = try reader.bytes(64 * 1024)
        for value in some { histogram[Int(value)] += 1 }
        read += some.count
        if some.isEmpty { break }
      }
      field.histogram = Self.trimmed(histogram)
    } else {
      if isBytes, header.dimensions.count == 3 {
        let (height, width) = (header.dimensions[1], header.dimensions[2])
        let count = min(images, header.dimensions[0])
        let pixels = try reader.bytes(count * height * width)
        read = pixels.count
        if images > 0 { sheet = Self.sheet(pixels, height, width, path) }
      }
      read += try reader.skip()
    }
    guard read == expected else {
      throw reader.damage(
        header.length + min(read, expected),
        "\(read) bytes of elements, but the header (\(header.text)) promises \(expected)",
        "the file is truncated or damaged: get it again")
    }
    arrays = [field]
  }

  /// EMNIST's images lie transposed in their files.
  private static func sheet(
    _ pixels: [UInt8], _ height: Int, _ width: Int, _ path: String
  ) -> ContactSheet {
    guard PathName.last(of: path).hasPrefix("emnist-") else {
      return ContactSheet(
        shape: FeatureShape(height: height, width: width, channels: 1), pixels: pixels)
    }
    let size = height * width
    let turned = pixels.indices.map { place in
      let (image, pixel) = (place / size, place % size)
      return pixels[image * size + pixel % height * width + pixel / height]
    }
    return ContactSheet(
      shape: FeatureShape(height: width, width: height, channels: 1), pixels: turned)
  }

  mutating func inspectMAT(_ reader: any ContentReader, _ images: Int) throws(DatasetError) {
    format = "MAT 5"
    let file = try MATReader(reader)
    let room = HeapBytes(count: 64 * 1024)
    while let array = try file.next() {
      let stored = array.storage.map { "\($0)" == array.kind.name ? "" : ", stored as \($0)" }
      var field = Field(
        name: array.name,
        type: array.kind.name + (array.isLogical ? " (logical)" : "")
          + (array.isComplex ? ", complex" : "") + (stored ?? ""),
        shape: array.dimensions)
      if array.name == "y", array.kind.isNumeric, array.count > 0 {
        var histogram = [Int](repeating: 0, count: 256)
        while true {
          let got = try file.read(into: room.raw)
          if got == 0 { break }
          for value in room.buffer.prefix(got) { histogram[Int(value)] += 1 }
        }
        field.histogram = Self.trimmed(histogram)
      }
      arrays.append(field)
    }
    let isLikeSVHN = arrays.contains { $0.name == "X" && $0.shape.count == 4 }
    guard images > 0, isLikeSVHN else { return }
    let store = ImageStore()
    try MATImages(classes: 10, shape: nil).read(
      try Self.open(path, isCompressed), into: store)
    if let shape = store.shape { sheet = ContactSheet(store.set(shape), count: images) }
  }

  /// CIFAR's records have no header: only their length tells.
  mutating func inspectRecords(_ reader: any ContentReader, _ images: Int) throws(DatasetError) {
    let total = try Self.open(path, isCompressed).skip()
    let fits = [1, 2].filter { total > 0 && total % (3072 + $0) == 0 }
    guard let labelBytes = fits.first else {
      throw DatasetError(
        total == 0 ? .corrupt : .usage, file: path, offset: 0,
        total == 0 ? "an empty file" : "no format that is known here",
        advice: "known: IDX, CIFAR's binary records, MAT 5, and tar, tar.gz or zip with them")
    }
    format = "CIFAR binary"
    let store = ImageStore()
    let shape = FeatureShape(height: 32, width: 32, channels: 3)
    try CIFARReader(labelBytes: labelBytes, classes: 256, shape: shape).read(reader, into: store)
    var histogram = [Int](repeating: 0, count: 256)
    for label in store.labels.buffer { histogram[Int(label)] += 1 }
    let count = store.labels.count
    arrays = [
      Field(
        name: labelBytes == 1 ? "labels" : "fine labels", type: "unsigned bytes", shape: [count],
        histogram: Self.trimmed(histogram)),
      Field(name: "images", type: "unsigned bytes", shape: [count, 3, 32, 32]),
    ]
    if images > 0 { sheet = ContactSheet(store.set(shape), count: images) }
  }

  /// Without the zeros at the end.
  private static func trimmed(_ histogram: [Int]) -> [Int] {
    Array(histogram.prefix((histogram.lastIndex { $0 > 0 } ?? -1) + 1))
  }
}
