import Canonical

/// Caffe's AlexNet for 227×227 images, with local response normalization and two groups of channels,
/// the network of the Shakeout paper's ImageNet figures.
package struct AlexNetCaffe: NetworkFamily {
  package static let family = "alexnet-caffe"
  package static let usualBatch = 64
  package static let references = [
    NetworkReference(
      AlexNetCaffe(), FeatureShape(height: 227, width: 227, channels: 3), classes: 1000)
  ]

  /// Rate of the dropout after the first two fully connected layers.
  package var dropout = 0.5

  package static let blank = AlexNetCaffe()
  package static let fields: [Field<AlexNetCaffe>] = [
    .dropout(\.dropout)
  ]

  /// The network, with Caffe's names. The Shakeout paper masks the two layers that dropout masks.
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    let small = Initializer.gaussian(deviation: 0.005)
    let large = Initializer.gaussian(deviation: 0.01)
    func normalization(_ name: String) -> NamedLayer {
      NamedLayer(name, .localResponseNormalization(LocalResponseNormalizationSpec()))
    }
    func convolution(_ name: String, _ outputs: Int, groups: Int) -> NamedLayer {
      .convolution(name, outputs, kernel: 3, padding: 1, groups: groups, initializer: large)
    }
    let features: [NamedLayer] = [
      .convolution("conv1", 96, kernel: 11, stride: 4, initializer: large),
      .relu("relu1"),
      normalization("norm1"),
      .maxPooling("pool1", window: 3, stride: 2),
      .convolution("conv2", 256, kernel: 5, padding: 2, groups: 2, initializer: large),
      .relu("relu2"),
      normalization("norm2"),
      .maxPooling("pool2", window: 3, stride: 2),
      convolution("conv3", 384, groups: 1),
      .relu("relu3"),
      convolution("conv4", 384, groups: 2),
      .relu("relu4"),
      convolution("conv5", 256, groups: 2),
      .relu("relu5"),
      .maxPooling("pool5", window: 3, stride: 2),
    ]
    let classifier =
      [.dense("fc6", 4096, initializer: small), .relu("relu6")]
      + NamedLayer.dropout(dropout, before: "fc7")
      + [.dense("fc7", 4096, initializer: small), .relu("relu7")]
      + NamedLayer.dropout(dropout, before: "fc8")
      + [.dense("fc8", classes, initializer: large)]
    return NetworkSpec(
      name: name, input: input, layers: features + classifier,
      defaultSites: ["fc7.input", "fc8.input"])
  }
}
