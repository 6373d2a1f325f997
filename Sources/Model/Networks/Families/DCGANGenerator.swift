import Canonical

/// The generator of the Shakeout paper's DCGAN: noise, a fully connected layer to a quarter of the
/// image's rows and columns with 1024 channels, and two transposed 5×5 convolutions of stride 2.
/// No layer has a bias, and batch normalization has neither gain nor shift, as in the MNIST code of
/// DCGAN's authors.
package struct DCGANGenerator: NetworkFamily {
  package static let family = "dcgan-generator"
  package static let usualBatch = 64
  package static let references = [NetworkReference(DCGANGenerator(), .mnistImage, classes: 1)]

  /// Numbers of noise.
  package var noise: Int
  /// Channels of the second map; the first has 16 times as many.
  package var width: Int
  /// What makes pixels of the last map.
  package var output: Output

  /// The range of the pixels that it makes.
  package enum Output: String, CaseIterable, Sendable {
    /// From 0 to 1, as in the MNIST code of DCGAN's authors.
    case sigmoid
    /// From −1 to 1, as in the text of their paper.
    case tanh
  }

  package init(noise: Int = 100, width: Int = 64, output: Output = .sigmoid) {
    self.noise = noise
    self.width = width
    self.output = output
  }

  package static let blank = DCGANGenerator()
  package static let fields: [Field<DCGANGenerator>] = [
    .whole("noise", \.noise, in: 1...65_536, .optional, "numbers of noise"),
    .width(\.width),
    .choice("output", \.output, .optional, "whether pixels lie in [0, 1] or in [−1, 1]")
      .omitted { $0.output == .sigmoid },
  ]

  /// The network that makes images of shape `input`, which must be square, from noise.
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    let half = (input.height + 1) / 2
    let quarter = (half + 1) / 2
    let map = FeatureShape(
      height: quarter, width: (input.width + 3) / 4, channels: 16 * width)
    func deconvolution(_ name: String, _ outputs: Int, rows: Int) -> NamedLayer {
      let spec = TransposedConvolutionSpec(
        outputs: outputs, kernel: 5, stride: 2, padding: 2, outputPadding: (rows + 1) % 2,
        hasBias: false)
      return NamedLayer(name, .transposedConvolution(spec))
    }
    return NetworkSpec(
      name: name, input: FeatureShape(vector: noise),
      layers: [
        .dense("fc", map.count, bias: false),
        NamedLayer("map", .reshape(ReshapeSpec(map))),
        NamedLayer("bn1", .dcganNormalization),
        .relu("relu1"),
        deconvolution("deconv1", width, rows: half),
        NamedLayer("bn2", .dcganNormalization),
        .relu("relu2"),
        deconvolution("deconv2", input.channels, rows: input.height),
        NamedLayer(
          output.rawValue, .activation(ActivationSpec(output == .sigmoid ? .sigmoid : .tanh))),
      ],
      output: .values)
  }
}

extension LayerSpec {
  /// Batch normalization as the authors of DCGAN have it on MNIST.
  static let dcganNormalization = LayerSpec.batchNormalization(
    BatchNormalizationSpec(epsilon: 1e-8, hasGain: false, hasShift: false))
}
