import Canonical

/// VGG-11, 13, 16 and 19 for 32×32 images without batch normalization, as the paper on delayed
/// strong regularization uses them: torchvision's convolutions, then fully connected layers of 512
/// units.
package struct VGG: NetworkFamily {
  package static let family = "vgg"
  package static let usualBatch = 128
  package static let parameterForm = "DEPTH"
  package static let references =
    [11, 13, 16, 19].map { NetworkReference(VGG(depth: $0), .cifarImage, classes: 10) }
    + [NetworkReference(VGG(depth: 16), .cifarImage, classes: 100)]

  /// Convolutions of each stage.
  private static let stages = [
    11: [1, 1, 2, 2, 2], 13: [2, 2, 2, 2, 2], 16: [2, 2, 3, 3, 3], 19: [2, 2, 4, 4, 4],
  ]

  /// Layers with weights: 11, 13, 16 or 19.
  package var depth: Int
  /// Channels of the first stage; the others have 2, 4, 8 and 8 times as many.
  package var width: Int
  /// Rate of the dropout after each hidden fully connected layer.
  package var dropout: Double

  package init(depth: Int, width: Int = 64, dropout: Double = 0.5) {
    self.depth = depth
    self.width = width
    self.dropout = dropout
  }

  package static let blank = VGG(depth: 11)
  package static let fields: [Field<VGG>] = [
    .depth(\.depth, rule: "11, 13, 16 or 19", in: 1...1000) { stages[$0] != nil },
    .width(\.width),
    .dropout(\.dropout),
  ]

  package var name: String { "vgg-\(depth)" }
  /// The network, with torchvision's names.
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    var layers: [NamedLayer] = []
    for (count, factor) in zip(Self.stages[depth] ?? [], [1, 2, 4, 8, 8]) {
      for _ in 0..<count {
        layers.append(
          .convolution("features.\(layers.count)", factor * width, kernel: 3, padding: 1))
        layers.append(.relu("features.\(layers.count)"))
      }
      layers.append(.maxPooling("features.\(layers.count)"))
    }
    layers += [.dense("classifier.0", 8 * width), .relu("classifier.1")]
    layers += NamedLayer.dropout(dropout, before: "classifier.3")
    layers += [.dense("classifier.3", 8 * width), .relu("classifier.4")]
    layers += NamedLayer.dropout(dropout, before: "classifier.6")
    layers.append(.dense("classifier.6", classes))
    return NetworkSpec(name: name, input: input, layers: layers)
  }
}
