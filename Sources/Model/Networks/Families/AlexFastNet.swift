import Canonical

/// The network that the Shakeout paper calls AlexFastNet: cuda-convnet's `layers-80sec`, three 5×5
/// convolutions with overlapping pooling and two fully connected layers. Every layer starts from a
/// Gaussian of its own. Pooling windows at the far border are clipped, as in cuda-convnet.
package struct AlexFastNet: NetworkFamily {
  package static let family = "alexfastnet"
  package static let usualBatch = 128
  package static let references = [NetworkReference(AlexFastNet(), .cifarImage, classes: 10)]

  /// Channels of the first two convolutions; the third and the hidden layer have twice as many.
  package var width = 32

  package static let blank = AlexFastNet()
  package static let fields: [Field<AlexFastNet>] = [
    .width(\.width)
  ]

  /// The network. Dropout and Shakeout act on the first fully connected layer, as the paper says.
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    func convolution(_ name: String, _ outputs: Int, deviation: Double) -> NamedLayer {
      .convolution(
        name, outputs, kernel: 5, padding: 2, initializer: .gaussian(deviation: deviation))
    }
    func pooling(_ name: String, _ kind: PoolingSpec.Kind) -> NamedLayer {
      NamedLayer(name, .pooling(PoolingSpec(kind, window: 3, stride: 2, rounding: .ceil)))
    }
    return NetworkSpec(
      name: name, input: input,
      layers: [
        convolution("conv1", width, deviation: 1e-4),
        pooling("pool1", .max),
        .relu("relu1"),
        convolution("conv2", width, deviation: 0.01),
        .relu("relu2"),
        pooling("pool2", .average),
        convolution("conv3", 2 * width, deviation: 0.01),
        .relu("relu3"),
        pooling("pool3", .average),
        .dense("fc64", 2 * width, initializer: .gaussian(deviation: 0.1)),
        .relu("relu4"),
        .dense("fc10", classes, initializer: .gaussian(deviation: 0.1)),
      ],
      defaultSites: ["fc64.input"])
  }
}
