import Model

/// Generated images on which a network can learn, of any shape and number of classes.
///
/// Each class has a coarse random pattern. An image mixes its class's pattern with that of another
/// class, which has at most half of the weight, and adds noise: easy to learn roughly, and never
/// without error. The same spec gives the same bytes on every machine.
enum SyntheticImages {
  /// Cells of a pattern along each side.
  private static let cells = 7

  static func open(_ spec: SyntheticSpec) throws(DatasetError) -> Dataset {
    guard (2...256).contains(spec.classes) else {
      throw DatasetError(
        .usage, file: SyntheticSpec.datasetName,
        "\(spec.classes) classes, but a label is one byte: 2 to 256")
    }
    let facts = spec.facts
    try MemoryLimit.check((spec.training + spec.test) * spec.shape.count)
    let training = images(spec, count: spec.training, place: "training")
    let test = images(spec, count: spec.test, place: "test")
    return Dataset(
      facts: facts, training: training, test: test,
      digest: Dataset.digest(of: facts, [training, test]), isVerified: true, origin: "generated")
  }

  private static func images(
    _ spec: SyntheticSpec, count: Int, place: String
  ) -> ImageSet {
    let size = spec.shape.count
    let root = RandomRoot(seed: 1, trial: 0)
    let noise = root.stream(.synthesis, "noise/\(place)")
    let mixture = root.stream(.synthesis, "mixture/\(place)")
    let patterns = (0..<spec.classes).map { pattern(spec, of: $0, root) }
    var pixels = [UInt8](repeating: 0, count: count * size)
    for image in 0..<count {
      let label = image % spec.classes
      let draw = mixture.block(position: UInt64(image), index: 0)
      let other = (label + 1 + Int(draw[0] % UInt32(spec.classes - 1))) % spec.classes
      // In 1/256: what the other class's pattern weighs.
      let share = Int(draw[1] >> 25)
      var words = SIMD4<UInt32>()
      for pixel in 0..<size {
        if pixel % 16 == 0 {
          words = noise.block(position: UInt64(image), index: UInt32(pixel / 16))
        }
        let bits = words[pixel % 16 / 4] >> UInt32(pixel % 4 * 8) & 0xFF
        let mixed = (patterns[label][pixel] * (256 - share) + patterns[other][pixel] * share) / 256
        pixels[image * size + pixel] = UInt8((mixed + Int(bits)) / 2)
      }
    }
    let labels = (0..<count).map { UInt8(truncatingIfNeeded: $0 % spec.classes) }
    return ImageSet(shape: spec.shape, pixels: pixels, labels: labels)
  }

  /// The pattern of one class, a value from 0 to 255 for each pixel.
  private static func pattern(_ spec: SyntheticSpec, of label: Int, _ root: RandomRoot) -> [Int] {
    let stream = root.stream(.synthesis, "pattern")
    let shape = spec.shape
    return (0..<shape.count).map { pixel in
      let channel = pixel % shape.channels
      let column = pixel / shape.channels % shape.width * cells / shape.width
      let row = pixel / shape.channels / shape.width * cells / shape.height
      let cell = (row * cells + column) * shape.channels + channel
      return Int(stream.block(position: UInt64(label), index: UInt32(cell))[0] >> 24)
    }
  }
}
