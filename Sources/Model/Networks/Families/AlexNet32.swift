import Canonical

/// AlexNet for 32×32 images, as the paper on delayed strong regularization uses it: torchvision's
/// with padding 5 in the first convolution, 2×2 pooling and fully connected layers of 256 units.
package struct AlexNet32: NetworkFamily {
  package static let family = "alexnet-32"
  package static let usualBatch = 64
  package static let references = [10, 100].map {
    NetworkReference(AlexNet32(), .cifarImage, classes: $0)
  }

  /// Channels of the first convolution.
  package var width = 64
  /// Rate of the dropout before the first two fully connected layers.
  package var dropout = 0.5

  package static let blank = AlexNet32()
  package static let fields: [Field<AlexNet32>] = [
    .width(\.width),
    .dropout(\.dropout),
  ]

  /// The network, with torchvision's names.
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    let features: [NamedLayer] = [
      .convolution("features.0", width, kernel: 11, stride: 4, padding: 5),
      .relu("features.1"),
      .maxPooling("features.2"),
      .convolution("features.3", 3 * width, kernel: 5, padding: 2),
      .relu("features.4"),
      .maxPooling("features.5"),
      .convolution("features.6", 6 * width, kernel: 3, padding: 1),
      .relu("features.7"),
      .convolution("features.8", 4 * width, kernel: 3, padding: 1),
      .relu("features.9"),
      .convolution("features.10", 4 * width, kernel: 3, padding: 1),
      .relu("features.11"),
      .maxPooling("features.12"),
    ]
    let classifier =
      NamedLayer.dropout(dropout, before: "classifier.1")
      + [.dense("classifier.1", 4 * width), .relu("classifier.2")]
      + NamedLayer.dropout(dropout, before: "classifier.4")
      + [
        .dense("classifier.4", 4 * width), .relu("classifier.5"),
        .dense("classifier.6", classes),
      ]
    return NetworkSpec(name: name, input: input, layers: features + classifier)
  }
}
