import Model

/// A format of data files: what it can do beside being read into a data set, which `FileLayout.read`
/// does.
protocol FormatReading {
  /// Whether a file whose uncompressed contents begin so is in this format.
  static func recognizes(_ start: [UInt8]) -> Bool
  /// Says what a file of this format holds, and checks whatever the format allows to check.
  /// - Parameter images: how many images to keep for a contact sheet.
  static func inspect(
    _ reader: any ContentReader, images: Int, into inspection: inout FileInspection
  ) throws(DatasetError)
  /// What is needed to make a data set of user files, for errors.
  static var userFilesText: String { get }
  /// The user files at a path that make a data set of this format; nil where there are none.
  static func userFiles(at path: String) throws(DatasetError) -> UserFiles?
  /// Reads bytes that may be anything, for tests: they may be refused, but must not trap, hang or
  /// take memory without bounds.
  static func readAnything(_ source: ByteSource) throws(DatasetError)
}

extension FileFormat {
  var reading: any FormatReading.Type {
    switch self {
    case .idx: IDXReader.self
    case .cifar: CIFARReader.self
    case .mat: MATImages.self
    case .npz: NPYReader.self
    case .png: PNGFolder.self
    }
  }
}

extension FileLayout {
  /// What must enter a digest beside the files' own, because other pixels come of the same files;
  /// nothing for the plainest.
  var mark: String {
    switch self {
    case .plainIDX: ""
    case .idx(let isTransposed, let first): "idx \(isTransposed) \(first)\n"
    case .cifar(let bytes): "cifar \(bytes)\n"
    case .mat: "mat\n"
    case .png: "png\n"
    }
  }

  /// Appends what a file holds.
  /// - Parameters:
  ///   - classes: how many there are, or nil if that is not known.
  ///   - shape: what images must look like, or nil if that is not known.
  ///   - count: how many there must be, or nil if that is not known.
  func read(
    _ reader: any ContentReader, _ contents: KnownDataset.File.Contents, classes: Int?,
    shape: FeatureShape?, count: Int?, into store: ImageStore
  ) throws(DatasetError) {
    switch self {
    case .idx(let isTransposed, let first):
      if contents == .labels {
        store.labels += try IDXReader(reader).labels(classes: classes, first: first, count: count)
          .bytes
        return
      }
      var images = try IDXReader(reader).images(count: count)
      if isTransposed { images.transpose() }
      try store.take(
        FeatureShape(height: images.height, width: images.width, channels: images.channels),
        file: reader.name)
      store.append(pixels: images.bytes)
    case .cifar(let bytes):
      let shape = shape ?? .cifarImage
      try CIFARReader(labelBytes: bytes, classes: classes ?? 256, shape: shape)
        .read(reader, into: store, count: count)
    case .mat:
      try MATImages(classes: classes, shape: shape).read(reader, into: store, count: count)
    case .png:
      var image = try PNGReader(reader).image()
      image.dropOpaqueAlpha()
      try store.take(image.shape, file: reader.name)
      store.append(pixels: image.pixels)
    }
  }

  /// Appends what a folder holds where each part of the data is one; nil where they are in files.
  /// - Parameter paths: the folders of training and test images.
  /// - Returns: the digest of the contents.
  func readFolder(
    _ path: String, of paths: [String], into store: ImageStore
  ) throws(DatasetError) -> String? {
    switch self {
    case .idx, .cifar, .mat: nil
    case .png: try PNGFolder(training: paths[0], test: paths[1]).read(path, into: store)
    }
  }

  /// Labels of user files, all of them together, as labels from 0.
  /// - Parameter classes: how many there are, or nil if that is not known.
  func settle(labels: inout [[UInt8]], classes: Int?) {
    let lowest = labels.compactMap { $0.min() }.min() ?? 0
    let highest = labels.compactMap { $0.max() }.max() ?? 0
    guard lowest > 0, Int(highest) == classes ?? Int(highest) else { return }
    switch self {
    case .idx, .cifar: labels = labels.map { $0.map { $0 - 1 } }
    case .mat: labels = labels.map { $0.map { $0 == highest ? 0 : $0 } }
    case .png: break
    }
  }
}

extension IDXReader.Contents {
  /// Exchanges rows and columns of every image.
  mutating func transpose() {
    let size = height * width * channels
    var image = [UInt8](repeating: 0, count: size)
    for start in stride(from: 0, to: bytes.count, by: size) {
      for place in 0..<size { image[place] = bytes[start + place] }
      for row in 0..<height {
        for column in 0..<width {
          for channel in 0..<channels {
            bytes[start + (column * height + row) * channels + channel] =
              image[(row * width + column) * channels + channel]
          }
        }
      }
    }
    (height, width) = (width, height)
  }
}
