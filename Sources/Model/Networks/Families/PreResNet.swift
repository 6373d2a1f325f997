import Canonical

/// Residual networks with activation before each convolution (He et al. 2016, "Identity mappings"),
/// for 32×32 images. Where the shape changes, a 1×1 convolution of the block's input, not activated,
/// is the shortcut, and the stride is on the 3×3 convolution, as in the code that the
/// Drop-Activation paper builds on.
package struct PreResNet: NetworkFamily {
  package static let family = "preresnet"
  package static let usualBatch = 32
  package static let parameterForm = "DEPTH"
  package static let references = [10, 100].map {
    NetworkReference(PreResNet(depth: 164, block: .bottleneck), .cifarImage, classes: $0)
  }

  /// Layers with weights on the longest path: 6n + 2 with basic blocks, 9n + 2 with bottlenecks.
  package var depth: Int
  /// The kind of block.
  package var block: ResidualBlock
  /// Channels of stem and first stage.
  package var width: Int

  package init(depth: Int, block: ResidualBlock = .basic, width: Int = 16) {
    self.depth = depth
    self.block = block
    self.width = width
  }

  package static let blank = PreResNet(depth: 8)
  package static let fields: [Field<PreResNet>] = [
    .residualBlock(\.block, depth: \.depth),
    .width(\.width),
  ]

  package var name: String { "preresnet-\(depth)" }
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    var layers: [NamedLayer] = [
      .convolution("conv1", width, kernel: 3, padding: 1, bias: false)
    ]
    var inputs = width
    for stage in 0..<3 {
      let outputs = (width << stage) * block.expansion
      for index in 0..<(depth - 2) / block.layers {
        let name = "layer\(stage + 1).\(index)"
        let stride = stage > 0 && index == 0 ? 2 : 1
        let projection = NamedLayer.convolution(
          "\(name).downsample.0", outputs, kernel: 1, stride: stride, bias: false)
        let sum = ResidualSpec(
          body: body(name, width << stage, stride: stride),
          shortcut: stride == 1 && inputs == outputs ? [] : [projection])
        layers.append(NamedLayer(name, .residual(sum)))
        inputs = outputs
      }
    }
    layers += [
      .batchNormalization("bn"), .relu("relu"), .globalAveragePooling("avgpool"),
      .dense("fc", classes),
    ]
    return NetworkSpec(name: name, input: input, layers: layers)
  }

  private func body(_ name: String, _ width: Int, stride: Int) -> [NamedLayer] {
    // Kernel, stride and channels of each convolution.
    let convolutions =
      block == .basic
      ? [(3, stride, width), (3, 1, width)]
      : [(1, 1, width), (3, stride, width), (1, 1, 4 * width)]
    return convolutions.enumerated().flatMap { index, convolution -> [NamedLayer] in
      let (kernel, stride, outputs) = convolution
      return [
        .batchNormalization("\(name).bn\(index + 1)"), .relu("\(name).relu\(index + 1)"),
        .convolution(
          "\(name).conv\(index + 1)", outputs, kernel: kernel, stride: stride,
          padding: kernel / 2, bias: false),
      ]
    }
  }
}
