import Canonical

/// The convolutional network of the Shakeout paper's Table 1: two 5×5 convolutions with ReLU and
/// max pooling (20 and 50 channels), 500 hidden units, a linear classifier.
package struct LeNet: NetworkFamily {
  package static let family = "lenet"
  package static let usualBatch = 64
  package static let references = [NetworkReference(LeNet(), .mnistImage, classes: 10)]

  /// The only one of its family.
  package init() {}

  package static let blank = LeNet()
  package static let fields: [Field<LeNet>] = []

  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    .lenet(input: input, classes: classes)
  }
}

extension NetworkSpec {
  /// The convolutional network of the Shakeout paper's Table 1.
  package static func lenet(input: FeatureShape, classes: Int) -> NetworkSpec {
    NetworkSpec(
      name: LeNet.family, input: input,
      layers: [
        .convolution("conv1", 20, kernel: 5),
        .relu("relu1"),
        .maxPooling("pool1"),
        .convolution("conv2", 50, kernel: 5),
        .relu("relu2"),
        .maxPooling("pool2"),
        .dense("fc1", 500),
        .relu("relu3"),
        .dense("fc2", classes),
      ])
  }
}
