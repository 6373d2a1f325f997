import Canonical
import Model

/// Data sets without images: the points of a curve, which every trial draws for itself.
enum ImagelessData {
  /// A data set with the facts of `spec` and no image; nil where the spec is about images.
  static func open(_ spec: DatasetSpec) -> Dataset? {
    guard let curve = spec.curve, let facts = DatasetFacts.of(spec) else { return nil }
    return make(facts, curve.json)
  }

  /// - Parameter description: what the digest is of.
  fileprivate static func make(_ facts: DatasetFacts, _ description: JSONValue) -> Dataset {
    let images = ImageSet(shape: facts.shape, pixels: [], labels: [])
    var hash = SHA256()
    hash.update(description.canonicalText.utf8)
    return Dataset(
      facts: facts, training: images, test: images, digest: hash.finishHex(),
      isVerified: true, origin: "generated")
  }
}

extension Dataset {
  /// What a run has that only computes; its records name it like any other.
  package static let none = ImagelessData.make(
    DatasetFacts(
      name: "none", shape: FeatureShape(vector: 1), classes: 1, training: 0, test: 0), .null)
}
