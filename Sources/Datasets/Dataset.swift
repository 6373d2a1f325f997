import Canonical
import Model

/// A data set in memory, ready to be sampled: the owner of its images' bytes.
package final class Dataset: Sendable {
  /// The catalogue's name.
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
  /// Whether the contents are known to be the catalogue's.
  package let isVerified: Bool
  /// Where it comes from, for people: `embedded`, `generated` or a folder.
  package let origin: String
  private let owners: [any (AnyObject & Sendable)]

  init(
    facts: DatasetFacts, training: ImageSet, test: ImageSet, digest: String, isVerified: Bool,
    origin: String, owners: [any (AnyObject & Sendable)]
  ) {
    name = facts.name
    self.facts = facts
    self.training = training
    self.test = test
    self.digest = digest
    self.isVerified = isVerified
    self.origin = origin
    self.owners = owners
  }

  /// A digest of shape, pixels and labels, for sets that do not come from files.
  static func digest(of facts: DatasetFacts, _ sets: [ImageSet]) -> String {
    var hash = SHA256()
    hash.update("\(facts.shape.height) \(facts.shape.width) \(facts.shape.channels)\n".utf8)
    for set in sets {
      hash.update(UnsafeRawBufferPointer(set.pixels))
      hash.update(UnsafeRawBufferPointer(set.labels))
    }
    return HexText.of(hash.finish())
  }
}
