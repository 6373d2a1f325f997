import CEmbedded
import Model

/// The data set `mnist-5k`: 5,000 images of MNIST's training set, 500 a class, that are part of the
/// binary. A fixed permutation makes 3,000 of them the test set and 2,000 the training set.
enum EmbeddedDigits {
  static let name = KnownDataset.mnist5k.name

  static func open() throws(DatasetError) -> Dataset {
    let images = try IDXReader(try reader(regbench_mnist_5k_images(), "images")).images()
    let labels = try IDXReader(try reader(regbench_mnist_5k_labels(), "labels"))
      .labels(classes: KnownDataset.mnist5k.facts.classes)
    let shape = FeatureShape(height: images.height, width: images.width, channels: 1)
    let order = Permutation.random(
      count: images.count, stream: RandomRoot(seed: 1, trial: 0).stream(.split, name), position: 0)
    let testCount = KnownDataset.mnist5k.facts.test
    let test = gather(order.prefix(testCount), images, labels, shape)
    let training = gather(order.dropFirst(testCount), images, labels, shape)
    let facts = KnownDataset.mnist5k.facts
    return Dataset(
      facts: facts, training: training, test: test,
      digest: Dataset.digest(of: facts, [training, test]), isVerified: true, origin: "embedded")
  }

  private static func reader(
    _ file: regbench_embedded_file, _ what: String
  ) throws(DatasetError) -> GzipReader {
    let bytes = Array(UnsafeRawBufferPointer(start: file.bytes, count: file.length))
    return try GzipReader(ByteSource(memory: bytes, name: "embedded \(name) \(what)"))
  }

  private static func gather(
    _ order: ArraySlice<Int>, _ images: IDXReader.Contents, _ labels: IDXReader.Contents,
    _ shape: FeatureShape
  ) -> ImageSet {
    let size = shape.count
    var pixels: [UInt8] = []
    pixels.reserveCapacity(order.count * size)
    for index in order { pixels += images.bytes[(index * size)..<((index + 1) * size)] }
    return ImageSet(shape: shape, pixels: pixels, labels: order.map { labels.bytes[$0] })
  }
}
