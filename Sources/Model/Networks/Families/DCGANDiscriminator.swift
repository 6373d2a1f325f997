import Canonical

/// The discriminator of the Shakeout paper's DCGAN: two 5×5 convolutions of stride 2, a fully
/// connected layer of 1024 units, leaky ReLUs of slope 0.2, one output. Its own layers are not in
/// the paper; they are those of the DCGAN authors' MNIST code without
/// labels: no layer has a bias.
package struct DCGANDiscriminator: NetworkFamily {
  package static let family = "dcgan-discriminator"
  package static let usualBatch = 64
  package static let references = [NetworkReference(DCGANDiscriminator(), .mnistImage, classes: 1)]

  /// Channels of the first convolution; the second has twice as many, the hidden layer 16 times.
  package var width: Int

  package init(width: Int = 64) { self.width = width }

  package static let blank = DCGANDiscriminator()
  package static let fields: [Field<DCGANDiscriminator>] = [
    .width(\.width)
  ]

  /// The network; its output is the log-odds that an image is real. The paper masks every layer.
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    func leakyRelu(_ name: String) -> NamedLayer {
      NamedLayer(name, .activation(ActivationSpec(.leakyRelu, slope: 0.2)))
    }
    return NetworkSpec(
      name: name, input: input,
      layers: [
        .convolution("conv1", width, kernel: 5, stride: 2, padding: 2, bias: false),
        leakyRelu("lrelu1"),
        .convolution("conv2", 2 * width, kernel: 5, stride: 2, padding: 2, bias: false),
        NamedLayer("bn2", .dcganNormalization),
        leakyRelu("lrelu2"),
        .dense("fc1", 16 * width, bias: false),
        NamedLayer("bn3", .dcganNormalization),
        leakyRelu("lrelu3"),
        .dense("fc2", 1, bias: false),
      ],
      output: .logOdds,
      defaultSites: ["conv1.input", "conv2.input", "fc1.input", "fc2.input"])
  }
}
