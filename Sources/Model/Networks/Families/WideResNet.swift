import Canonical

/// Wide residual networks (Zagoruyko and Komodakis 2016): a 3×3 stem of 16 channels, three groups of
/// (depth − 4)/6 blocks with 16, 32 and 64 times k channels, each block batch normalization, ReLU
/// and a 3×3 convolution twice. Where the channels change, the block's first activation feeds the
/// 1×1 convolution of the shortcut too.
package struct WideResNet: NetworkFamily {
  package static let family = "wrn"
  package static let usualBatch = 128
  package static let parameterForm = "DEPTH-WIDENING"
  package static let references = [
    NetworkReference(WideResNet(depth: 16, widening: 4), .cifarImage, classes: 10),
    NetworkReference(WideResNet(depth: 16, widening: 8), .cifarImage, classes: 10),
    NetworkReference(WideResNet(depth: 28, widening: 10), .cifarImage, classes: 10),
    NetworkReference(WideResNet(depth: 28, widening: 10), .cifarImage, classes: 100),
    NetworkReference(WideResNet(depth: 28, widening: 10), .mnistImage, classes: 47),
  ]

  /// Convolutions and the classifier on the longest path without shortcuts: 6n + 4.
  package var depth: Int
  /// k, the channels in relation to a residual network's 16, 32 and 64.
  package var widening: Int
  /// Rate of the dropout before each block's second convolution.
  package var dropout: Double

  package init(depth: Int, widening: Int, dropout: Double = 0) {
    self.depth = depth
    self.widening = widening
    self.dropout = dropout
  }

  package static let blank = WideResNet(depth: 10, widening: 1)
  package static let fields: [Field<WideResNet>] = [
    .depth(\.depth, rule: "6n + 4", in: 10...2002) { $0 % 6 == 4 },
    .inName(
      "widening", \.widening, position: 1, in: 1...64,
      "k, the channels in relation to a residual network's"),
    .dropout(\.dropout),
  ]

  package var name: String { "wrn-\(depth)-\(widening)" }
  /// The network. The Shakeout paper masks the second convolution of each block.
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    var layers: [NamedLayer] = [
      .convolution("conv1", 16, kernel: 3, padding: 1, bias: false)
    ]
    var sites: [String] = []
    var inputs = 16
    for group in 0..<3 {
      let outputs = (16 << group) * widening
      for index in 0..<(depth - 4) / 6 {
        let block = "block\(group + 1).layer.\(index)"
        let stride = group > 0 && index == 0 ? 2 : 1
        layers += self.block(block, outputs, stride: stride, projects: inputs != outputs)
        sites.append("\(block).conv2.input")
        inputs = outputs
      }
    }
    layers += [
      .batchNormalization("bn1"), .relu("relu"), .globalAveragePooling("pool"),
      .dense("fc", classes),
    ]
    return NetworkSpec(name: name, input: input, layers: layers, defaultSites: sites)
  }

  private func block(
    _ block: String, _ outputs: Int, stride: Int, projects: Bool
  ) -> [NamedLayer] {
    let activation: [NamedLayer] = [
      .batchNormalization("\(block).bn1"), .relu("\(block).relu1"),
    ]
    let convolutions =
      [
        .convolution(
          "\(block).conv1", outputs, kernel: 3, stride: stride, padding: 1, bias: false),
        .batchNormalization("\(block).bn2"), .relu("\(block).relu2"),
      ] + NamedLayer.dropout(dropout, before: "\(block).conv2")
      + [.convolution("\(block).conv2", outputs, kernel: 3, padding: 1, bias: false)]
    guard projects else {
      return [NamedLayer(block, .residual(ResidualSpec(body: activation + convolutions)))]
    }
    let shortcut = NamedLayer.convolution(
      "\(block).convShortcut", outputs, kernel: 1, stride: stride, bias: false)
    let sum = ResidualSpec(body: convolutions, shortcut: [shortcut])
    return activation + [NamedLayer(block, .residual(sum))]
  }
}
