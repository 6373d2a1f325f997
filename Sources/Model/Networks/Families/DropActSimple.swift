import Canonical

/// The simple network of the Drop-Activation paper's Figure 2: three blocks of 3×3 convolution,
/// batch normalization, ReLU and average pooling, then two fully connected layers. The paper gives
/// no widths; 32, 64 and 128 channels and 128 units are chosen here.
package struct DropActSimple: NetworkFamily {
  package static let family = "dropact-simple"
  package static let usualBatch = 64
  package static let references = [NetworkReference(DropActSimple(), .cifarImage, classes: 10)]

  /// Channels of the first block.
  package var width: Int

  package init(width: Int = 32) { self.width = width }

  package static let blank = DropActSimple()
  package static let fields: [Field<DropActSimple>] = [
    .width(\.width)
  ]

  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    var layers: [NamedLayer] = []
    for block in 1...3 {
      layers += [
        .convolution(
          "conv\(block)", width << (block - 1), kernel: 3, padding: 1, bias: false),
        .batchNormalization("bn\(block)"),
        .relu("relu\(block)"),
        .averagePooling("pool\(block)"),
      ]
    }
    layers += [.dense("fc1", 4 * width), .relu("relu4"), .dense("fc2", classes)]
    return NetworkSpec(name: name, input: input, layers: layers)
  }
}
