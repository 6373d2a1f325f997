import CEmbedded
import Model

/// The data set `mnist-5k`: 5,000 images of MNIST's training set, 500 a class, that are part of the
/// binary. A fixed permutation makes 3,000 of them the test set and 2,000 the training set.
enum EmbeddedDigits {
  static let name = "mnist-5k"
  private static let classes = 10
  private static let testCount = 3_000

  static func open() throws(DatasetError) -> Dataset {
    let images = try IDXReader(try reader(regbench_mnist_5k_images(), "images")).images()
    let labels = try IDXReader(try reader(regbench_mnist_5k_labels(), "labels"))
      .labels(classes: classes)
    let shape = FeatureShape(height: images.height, width: images.width, channels: 1)
    let order = Permutation.random(
      count: images.count, stream: RandomRoot(seed: 1, trial: 0).stream(.split, name), position: 0)
    let test = gather(order.prefix(testCount), images, labels, shape)
    let training = gather(order.dropFirst(testCount), images, labels, shape)
    let facts = DatasetFacts(
      name: name, shape: shape, classes: classes, training: training.set.count,
      test: test.set.count)
    return Dataset(
      facts: facts, training: training.set, test: test.set,
      digest: Dataset.digest(of: facts, [training.set, test.set]), isVerified: true,
      origin: "embedded", owners: [training.owner, test.owner])
  }

  private static func reader(
    _ file: regbench_embedded_file, _ what: String
  ) throws(DatasetError) -> GzipReader {
    let bytes = UnsafeRawBufferPointer(start: file.bytes, count: file.length)
    return try GzipReader(ByteSource(memory: bytes, name: "embedded \(name) \(what)"))
  }

  private static func gather(
    _ order: ArraySlice<Int>, _ images: IDXReader.Contents, _ labels: IDXReader.Contents,
    _ shape: FeatureShape
  ) -> (set: ImageSet, owner: HeapBytes) {
    let size = shape.count
    let owner = HeapBytes(count: order.count * (size + 1))
    let pixels = UnsafeMutableRawBufferPointer(rebasing: owner.raw[..<(order.count * size)])
    for (place, index) in order.enumerated() {
      let image = images.bytes.raw[(index * size)..<((index + 1) * size)]
      UnsafeMutableRawBufferPointer(rebasing: pixels[(place * size)...]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: image))
      owner.raw[pixels.count + place] = labels.bytes.raw[index]
    }
    let set = ImageSet(
      shape: shape, pixels: UnsafeBufferPointer(rebasing: owner.buffer[..<pixels.count]),
      labels: UnsafeBufferPointer(rebasing: owner.buffer[pixels.count...]))
    return (set, owner)
  }
}
