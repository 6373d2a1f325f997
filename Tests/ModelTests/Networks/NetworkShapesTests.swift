import Testing

@testable import Model

@Suite struct NetworkShapesTests {
  /// The extents of the maps at convolutions and poolings, repetitions left out.
  private func extents(_ network: NetworkSpec, ofEvery: Bool = false) throws -> [Int] {
    var extents = [network.input.height]
    for layer in try network.placedLayers() {
      switch layer.layer {
      case .convolution, .pooling:
        if ofEvery || extents.last != layer.output.height { extents.append(layer.output.height) }
      default: break
      }
    }
    return extents
  }

  @Test func `alexfastnet clips its pooling windows`() throws {
    #expect(try extents(network("alexfastnet")) == [32, 16, 8, 4])
  }

  @Test func `alexnet 32 ends in one position`() throws {
    #expect(
      try extents(network("alexnet-32"), ofEvery: true) == [32, 8, 4, 4, 2, 2, 2, 2, 1])
  }

  @Test(arguments: [11, 13, 16, 19]) func `vgg ends in one position`(_ depth: Int) throws {
    let network = try network("vgg-\(depth)")
    #expect(try extents(network) == [32, 16, 8, 4, 2, 1])
    let linear = network.linearSites.count
    #expect(linear == depth)
  }

  @Test func `Caffe's AlexNet has the published map sizes`() throws {
    let input = FeatureShape(height: 227, width: 227, channels: 3)
    #expect(
      try extents(network("alexnet-caffe", input, classes: 1000)) == [227, 55, 27, 13, 6])
  }

  @Test(arguments: [
    "wrn-28-10", "resnet-164", "preresnet-164", "densenet-bc-100-12", "resnext-29-8x64",
  ])
  func `emnist letters fit`(_ name: String) throws {
    let network = try network(name, .mnistImage, classes: 47)
    #expect(try extents(network) == [28, 14, 7])
    #expect(try network.outputShape() == FeatureShape(vector: 47))
  }

  @Test func `generator and discriminator have the paper's map sizes`() throws {
    let generator = try network("dcgan-generator", .mnistImage)
    let maps = try generator.placedLayers().filter {
      if case .transposedConvolution = $0.layer { true } else { $0.name == "map" }
    }
    #expect(maps.map(\.output.description) == ["1024×7×7", "64×14×14", "1×28×28"])
    #expect(generator.input == FeatureShape(vector: 100))
    let discriminator = try network("dcgan-discriminator", .mnistImage)
    #expect(
      try discriminator.placedLayers().map(\.output.description).prefix(3)
        == ["64×14×14", "64×14×14", "128×7×7"])
    #expect(try discriminator.outputShape() == FeatureShape(vector: 1))
  }

  @Test(arguments: 4...40) func `generators make square images of any size`(_ side: Int) throws {
    let image = FeatureShape(height: side, width: side, channels: 3)
    #expect(try network("dcgan-generator", image).outputShape() == image)
  }

  @Test func `an image that is too small names the layer`() throws {
    let vgg = try network("vgg-11", .mnistImage)
    let error = try #require(throws: ShapeError.self) { try vgg.placedLayers() }
    #expect(error.layer == "features.20")
    #expect(error.problem == "a 2×2 pooling window does not fit a map of 512")
  }

  @Test func `fixed outputs ignore the classes`() throws {
    #expect(
      try network("autoencoder", .mnistImage, classes: 7).outputShape()
        == FeatureShape(vector: 784))
    #expect(
      try network("regression-mlp", FeatureShape(vector: 1)).outputShape()
        == FeatureShape(vector: 1))
  }
}
