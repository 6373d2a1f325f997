import Canonical

/// DenseNet-BC (Huang et al. 2017) for 32×32 images: a 3×3 stem of 2k channels; three blocks of
/// (depth − 4)/6 layers, each a 1×1 convolution to 4k channels and a 3×3 convolution to k channels
/// whose result is appended to its input; between the blocks a 1×1 convolution that halves the
/// channels, rounded down, and 2×2 average pooling.
package struct DenseNetBC: NetworkFamily {
  package static let family = "densenet-bc"
  package static let usualBatch = 64
  package static let parameterForm = "DEPTH-GROWTH"
  package static let references = [(100, 12, 10), (100, 12, 100), (190, 40, 10), (190, 40, 100)]
    .map { NetworkReference(DenseNetBC(depth: $0.0, growth: $0.1), .cifarImage, classes: $0.2) }

  /// Convolutions and the classifier: 6n + 4.
  package var depth: Int
  /// k, the channels that each layer adds.
  package var growth: Int
  /// Rate of the dropout behind each convolution but the first.
  package var dropout: Double

  package init(depth: Int, growth: Int, dropout: Double = 0) {
    self.depth = depth
    self.growth = growth
    self.dropout = dropout
  }

  package static let blank = DenseNetBC(depth: 10, growth: 1)
  package static let fields: [Field<DenseNetBC>] = [
    .depth(\.depth, rule: "6n + 4", in: 10...2002) { $0 % 6 == 4 },
    .inName("growth", \.growth, position: 1, in: 1...1024, "channels that a layer adds"),
    .dropout(\.dropout),
  ]

  package var name: String { "densenet-bc-\(depth)-\(growth)" }
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    var channels = 2 * growth
    var layers: [NamedLayer] = [
      .convolution("conv1", channels, kernel: 3, padding: 1, bias: false)
    ]
    for block in 1...3 {
      for index in 0..<(depth - 4) / 6 {
        let name = "dense\(block).\(index)"
        let body =
          convolution(name, 1, 4 * growth, kernel: 1) + convolution(name, 2, growth, kernel: 3)
        layers.append(NamedLayer(name, .concatenation(ConcatenationSpec(body: body))))
        channels += growth
      }
      guard block < 3 else { break }
      channels /= 2
      layers += convolution("trans\(block)", 1, channels, kernel: 1)
      layers.append(.averagePooling("trans\(block).pool"))
    }
    layers += [
      .batchNormalization("bn"), .relu("relu"), .globalAveragePooling("avgpool"),
      .dense("fc", classes),
    ]
    return NetworkSpec(name: name, input: input, layers: layers)
  }

  /// Batch normalization, ReLU, convolution, dropout.
  private func convolution(
    _ name: String, _ number: Int, _ outputs: Int, kernel: Int
  ) -> [NamedLayer] {
    let noise = NamedLayer(
      "\(name).conv\(number).output", .unitNoise(.dropout(drop: dropout)))
    return [
      .batchNormalization("\(name).bn\(number)"), .relu("\(name).relu\(number)"),
      .convolution(
        "\(name).conv\(number)", outputs, kernel: kernel, padding: kernel / 2, bias: false),
    ] + (dropout > 0 ? [noise] : [])
  }
}
