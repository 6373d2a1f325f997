import Canonical
import Model

/// A data set in memory, ready to be sampled.
package final class Dataset: Sendable {
  /// Its name in configs.
  package let name: String
  /// Shape, classes and counts, as they are in memory.
  package let facts: DatasetFacts
  /// The training images, those for validation included.
  package let training: ImageSet
  /// The test images.
  package let test: ImageSet
  /// Identifies the contents, in 64 hexadecimal digits: the same images and labels in the same
  /// order give the same digest, however they are packed.
  package let digest: String
  /// Whether the contents are known to be the published ones.
  package let isVerified: Bool
  /// Where it comes from, for people: `embedded`, `generated` or a folder.
  package let origin: String

  init(
    facts: DatasetFacts, training: ImageSet, test: ImageSet, digest: String, isVerified: Bool,
    origin: String
  ) {
    name = facts.name
    self.facts = facts
    self.training = training
    self.test = test
    self.digest = digest
    self.isVerified = isVerified
    self.origin = origin
  }

  /// A data set that is made and not found; nil for those in files.
  package static func generated(_ spec: DatasetSpec) throws(DatasetError) -> Dataset? {
    if let synthetic = spec.synthetic { return try SyntheticImages.open(synthetic) }
    return ImagelessData.open(spec)
  }

  /// Generated images to measure with how long work on those of `name` takes: digits for MNIST, whose zeros
  /// make it quicker.
  package static func standIn(
    _ spec: SyntheticSpec, for name: String
  ) throws(DatasetError) -> Dataset {
    guard [KnownDataset.mnist.name, KnownDataset.mnist5k.name].contains(name) else {
      return try SyntheticImages.open(spec)
    }
    let digits = try EmbeddedDigits.open()
    let training = digits.training.repeated(to: spec.training)
    let test = digits.test.repeated(to: spec.test)
    return Dataset(
      facts: spec.facts, training: training, test: test,
      digest: digest(of: spec.facts, [training, test]), isVerified: true, origin: digits.origin)
  }

  /// A digest of shape, pixels and labels, for sets that do not come from files.
  static func digest(of facts: DatasetFacts, _ sets: [ImageSet]) -> String {
    var hash = SHA256()
    hash.update("\(facts.shape.height) \(facts.shape.width) \(facts.shape.channels)\n".utf8)
    for set in sets {
      set.pixels.withUnsafeBytes { hash.update($0) }
      set.labels.withUnsafeBytes { hash.update($0) }
    }
    return hash.finishHex()
  }
}
