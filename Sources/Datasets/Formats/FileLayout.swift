import Model

/// How the files of a data set hold images and labels.
package enum FileLayout: Hashable, Sendable {
  /// IDX files, images and labels apart. `isTransposed`: rows and columns of each image are
  /// exchanged, as in EMNIST. `firstLabel`: the lowest label, which becomes 0.
  case idx(isTransposed: Bool, firstLabel: Int)
  /// CIFAR's binary records with this many label bytes, of which the last counts.
  case cifar(labelBytes: Int)
  /// SVHN's MAT files.
  case mat

  /// MNIST's own layout.
  static let plainIDX = FileLayout.idx(isTransposed: false, firstLabel: 0)

  /// What must enter a digest beside the files' own, because other pixels come of the same files;
  /// nothing for the plainest.
  var mark: String {
    switch self {
    case .plainIDX: ""
    case .idx(let isTransposed, let first): "idx \(isTransposed) \(first)\n"
    case .cifar(let bytes): "cifar \(bytes)\n"
    case .mat: "mat\n"
    }
  }

  /// Appends what a file holds.
  /// - Parameters:
  ///   - shape: what images must look like, or nil if that is not known.
  ///   - count: how many there must be, or nil if that is not known.
  func read(
    _ reader: any ContentReader, _ contents: CatalogueEntry.File.Contents, classes: Int,
    shape: FeatureShape?, count: Int?, into store: ImageStore
  ) throws(DatasetError) {
    switch self {
    case .idx(let isTransposed, let first):
      if contents == .labels {
        store.append(
          labels: try IDXReader(reader).labels(classes: classes, first: first, count: count).bytes)
        return
      }
      let images = try IDXReader(reader).images(count: count)
      if isTransposed { Self.transpose(images) }
      try store.take(
        FeatureShape(
          height: isTransposed ? images.width : images.height,
          width: isTransposed ? images.height : images.width, channels: 1), file: reader.name)
      store.append(pixels: images.bytes)
    case .cifar(let bytes):
      let shape = shape ?? FeatureShape(height: 32, width: 32, channels: 3)
      try CIFARReader(labelBytes: bytes, classes: classes, shape: shape)
        .read(reader, into: store, count: count)
    case .mat:
      try MATImages(classes: classes, shape: shape).read(reader, into: store, count: count)
    }
  }

  private static func transpose(_ images: IDXReader.Contents) {
    let size = images.height * images.width
    let copy = HeapBytes(count: size)
    for image in 0..<images.count {
      let pixels = UnsafeMutableRawBufferPointer(
        rebasing: images.bytes.raw[(image * size)..<((image + 1) * size)])
      copy.raw.copyMemory(from: UnsafeRawBufferPointer(pixels))
      for row in 0..<images.height {
        for column in 0..<images.width {
          pixels[column * images.height + row] = copy.raw[row * images.width + column]
        }
      }
    }
  }
}
