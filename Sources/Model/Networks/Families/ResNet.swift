import Canonical

/// Residual networks for 32×32 images (He et al. 2016): a 3×3 stem, three stages of blocks with 16,
/// 32 and 64 channels (four times as many with bottlenecks), activation after the addition.
package struct ResNet: NetworkFamily {
  /// What a shortcut does where the shape changes.
  package enum Shortcut: String, CaseIterable, Sendable {
    /// Option A: subsampling and channels of zeros.
    case subsampling = "A"
    /// Option B: a 1×1 convolution with batch normalization.
    case projection = "B"
  }

  package static let family = "resnet"
  package static let usualBatch = 128
  package static let parameterForm = "DEPTH"
  package static let references = [
    NetworkReference(ResNet(depth: 20), .cifarImage, classes: 10),
    NetworkReference(ResNet(depth: 110, shortcut: .subsampling), .cifarImage, classes: 10),
    NetworkReference(ResNet(depth: 110), .cifarImage, classes: 10),
    NetworkReference(ResNet(depth: 164, block: .bottleneck), .cifarImage, classes: 100),
  ]

  /// Layers with weights on the longest path: 6n + 2 with basic blocks, 9n + 2 with bottlenecks.
  package var depth: Int
  /// The kind of block.
  package var block: ResidualBlock
  /// What a shortcut does where the shape changes.
  package var shortcut: Shortcut
  /// Channels of stem and first stage.
  package var width: Int

  package init(
    depth: Int, block: ResidualBlock = .basic, shortcut: Shortcut = .projection, width: Int = 16
  ) {
    self.depth = depth
    self.block = block
    self.shortcut = shortcut
    self.width = width
  }

  package static let blank = ResNet(depth: 8)
  package static let fields: [Field<ResNet>] = [
    .residualBlock(\.block, depth: \.depth),
    .choice(
      "shortcut", \.shortcut, .optional, "what a shortcut does where the shape changes"),
    .width(\.width),
  ]

  package var name: String { "resnet-\(depth)" }
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    var layers: [NamedLayer] = [
      .convolution("conv1", width, kernel: 3, padding: 1, bias: false),
      .batchNormalization("bn1"), .relu("relu"),
    ]
    var inputs = width
    for stage in 0..<3 {
      let outputs = (width << stage) * block.expansion
      for index in 0..<(depth - 2) / block.layers {
        let name = "layer\(stage + 1).\(index)"
        let stride = stage > 0 && index == 0 ? 2 : 1
        let shortcut = stride == 1 && inputs == outputs ? [] : change(name, outputs, stride)
        let body = self.body(name, width << stage, stride: stride)
        layers.append(NamedLayer(name, .residual(ResidualSpec(body: body, shortcut: shortcut))))
        layers.append(.relu("\(name).relu"))
        inputs = outputs
      }
    }
    layers += [.globalAveragePooling("avgpool"), .dense("fc", classes)]
    return NetworkSpec(name: name, input: input, layers: layers)
  }

  private func change(_ name: String, _ outputs: Int, _ stride: Int) -> [NamedLayer] {
    switch shortcut {
    case .subsampling:
      let spec = SubsamplingSpec(stride: stride, outputs: outputs)
      return [NamedLayer("\(name).shortcut", .subsampling(spec))]
    case .projection:
      return [
        .convolution("\(name).downsample.0", outputs, kernel: 1, stride: stride, bias: false),
        .batchNormalization("\(name).downsample.1"),
      ]
    }
  }

  private func body(_ name: String, _ width: Int, stride: Int) -> [NamedLayer] {
    switch block {
    case .basic:
      return [
        .convolution("\(name).conv1", width, kernel: 3, stride: stride, padding: 1, bias: false),
        .batchNormalization("\(name).bn1"), .relu("\(name).relu1"),
        .convolution("\(name).conv2", width, kernel: 3, padding: 1, bias: false),
        .batchNormalization("\(name).bn2"),
      ]
    case .bottleneck:
      return [
        .convolution("\(name).conv1", width, kernel: 1, bias: false),
        .batchNormalization("\(name).bn1"), .relu("\(name).relu1"),
        .convolution("\(name).conv2", width, kernel: 3, stride: stride, padding: 1, bias: false),
        .batchNormalization("\(name).bn2"), .relu("\(name).relu2"),
        .convolution("\(name).conv3", 4 * width, kernel: 1, bias: false),
        .batchNormalization("\(name).bn3"),
      ]
    }
  }
}
