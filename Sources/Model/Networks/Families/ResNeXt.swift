import Canonical

/// ResNeXt (Xie et al. 2017) for 32×32 images: three stages of (depth − 2)/9 bottlenecks whose 3×3
/// convolutions are grouped, activation after the addition, projection shortcuts. In
/// `resnext-29-8x64` each of 8 groups has 64 channels in the first stage.
package struct ResNeXt: NetworkFamily {
  package static let family = "resnext"
  package static let usualBatch = 16
  package static let parameterForm = "DEPTH-CARDINALITYxGROUPWIDTH"
  package static let references = [10, 100].map {
    NetworkReference(ResNeXt(depth: 29, cardinality: 8, groupWidth: 64), .cifarImage, classes: $0)
  }

  /// Layers with weights on the longest path: 9n + 2.
  package var depth: Int
  /// Groups of the 3×3 convolutions.
  package var cardinality: Int
  /// Channels of a group in the first stage.
  package var groupWidth: Int
  /// Channels of the stem; a stage's output has 4, 8 and 16 times as many.
  package var width: Int

  package init(depth: Int, cardinality: Int, groupWidth: Int, width: Int = 64) {
    self.depth = depth
    self.cardinality = cardinality
    self.groupWidth = groupWidth
    self.width = width
  }

  package static let blank = ResNeXt(depth: 11, cardinality: 1, groupWidth: 1)
  package static let fields: [Field<ResNeXt>] = [
    .depth(\.depth, rule: "9n + 2", in: 11...2000) { $0 % 9 == 2 },
    .inName("cardinality", \.cardinality, position: 1, in: 1...256, "groups of a block"),
    .inName("groupWidth", \.groupWidth, position: 2, in: 1...1024, "channels of a group"),
    .width(\.width),
  ]

  package var name: String { "resnext-\(depth)-\(cardinality)x\(groupWidth)" }
  /// The network, with the names of the usual PyTorch code.
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    var layers: [NamedLayer] = [
      .convolution("conv_1_3x3", width, kernel: 3, padding: 1, bias: false),
      .batchNormalization("bn_1"), .relu("relu"),
    ]
    for stage in 0..<3 {
      for index in 0..<(depth - 2) / 9 {
        layers += block(
          "stage_\(stage + 1).stage_\(stage + 1)_bottleneck_\(index)", stage: stage,
          isFirst: index == 0)
      }
    }
    layers += [.globalAveragePooling("avgpool"), .dense("classifier", classes)]
    return NetworkSpec(name: name, input: input, layers: layers)
  }

  private func block(_ name: String, stage: Int, isFirst: Bool) -> [NamedLayer] {
    let inner = (cardinality * groupWidth) << stage
    let outputs = (4 * width) << stage
    let stride = stage > 0 && isFirst ? 2 : 1
    let body: [NamedLayer] = [
      .convolution("\(name).conv_reduce", inner, kernel: 1, bias: false),
      .batchNormalization("\(name).bn_reduce"), .relu("\(name).relu_reduce"),
      .convolution(
        "\(name).conv_conv", inner, kernel: 3, stride: stride, padding: 1, groups: cardinality,
        bias: false),
      .batchNormalization("\(name).bn"), .relu("\(name).relu_conv"),
      .convolution("\(name).conv_expand", outputs, kernel: 1, bias: false),
      .batchNormalization("\(name).bn_expand"),
    ]
    // The first block of each stage changes the channels.
    let projection: [NamedLayer] = [
      .convolution(
        "\(name).shortcut.shortcut_conv", outputs, kernel: 1, stride: stride, bias: false),
      .batchNormalization("\(name).shortcut.shortcut_bn"),
    ]
    let sum = ResidualSpec(body: body, shortcut: isFirst ? projection : [])
    return [NamedLayer(name, .residual(sum)), .relu("\(name).relu")]
  }
}
