import Canonical

/// The 18-layer residual network of the Cutout code: a 3×3 stem of 64 channels without pooling, four
/// stages of two basic blocks with 64, 128, 256 and 512 channels, projection shortcuts.
package struct ResNet18: NetworkFamily {
  package static let family = "resnet-18"
  package static let usualBatch = 64
  package static let references = [NetworkReference(ResNet18(), .cifarImage, classes: 100)]

  /// Channels of stem and first stage.
  package var width = 64

  package static let blank = ResNet18()
  package static let fields: [Field<ResNet18>] = [
    .width(\.width)
  ]

  /// The network, with the names of the Cutout code.
  package func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    var layers: [NamedLayer] = [
      .convolution("conv1", width, kernel: 3, padding: 1, bias: false),
      .batchNormalization("bn1"), .relu("relu"),
    ]
    for stage in 0..<4 {
      for index in 0..<2 {
        layers += block(
          "layer\(stage + 1).\(index)", width << stage, changes: stage > 0 && index == 0)
      }
    }
    layers += [.globalAveragePooling("avgpool"), .dense("linear", classes)]
    return NetworkSpec(name: name, input: input, layers: layers)
  }

  private func block(_ name: String, _ outputs: Int, changes: Bool) -> [NamedLayer] {
    let stride = changes ? 2 : 1
    let body: [NamedLayer] = [
      .convolution("\(name).conv1", outputs, kernel: 3, stride: stride, padding: 1, bias: false),
      .batchNormalization("\(name).bn1"), .relu("\(name).relu1"),
      .convolution("\(name).conv2", outputs, kernel: 3, padding: 1, bias: false),
      .batchNormalization("\(name).bn2"),
    ]
    let projection: [NamedLayer] = [
      .convolution("\(name).shortcut.0", outputs, kernel: 1, stride: stride, bias: false),
      .batchNormalization("\(name).shortcut.1"),
    ]
    let sum = ResidualSpec(body: body, shortcut: changes ? projection : [])
    return [NamedLayer(name, .residual(sum)), .relu("\(name).relu2")]
  }
}
