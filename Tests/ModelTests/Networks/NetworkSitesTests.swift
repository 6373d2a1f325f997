import Testing

@testable import Model

@Suite struct NetworkSitesTests {
  @Test(arguments: [
    ("lenet", ["fc2.input"]), ("alexfastnet", ["fc64.input"]), ("vgg-11", ["classifier.6.input"]),
    ("autoencoder", ["encoder.input"]), ("alexnet-caffe", ["fc7.input", "fc8.input"]),
    ("resnet-20", ["fc.input"]),
    ("dcgan-discriminator", ["conv1.input", "conv2.input", "fc1.input", "fc2.input"]),
  ])
  func `the default sites are those of the papers`(_ name: String, _ expected: [String]) throws {
    #expect(try network(name).defaultSites == expected)
  }

  /// Six blocks, the second convolution of each, as the Shakeout paper's Table 5 has it.
  @Test func `wide residual networks are masked in every block`() throws {
    let sites = try network("wrn-16-4").defaultSites
    #expect(
      sites == [
        "block1.layer.0.conv2.input", "block1.layer.1.conv2.input", "block2.layer.0.conv2.input",
        "block2.layer.1.conv2.input", "block3.layer.0.conv2.input", "block3.layer.1.conv2.input",
      ])
  }

  @Test func `activations can be named as sites`() throws {
    // Two in each block and the last; those of projecting blocks feed both branches.
    #expect(try network("wrn-16-4").activationSites.count == 13)
    let autoencoder = try network("autoencoder", .mnistImage)
    #expect(autoencoder.activationSites == ["code"])
    #expect(autoencoder.activationSites(of: .relu).isEmpty)
    #expect(try network("resnet-20").activationSites(of: .relu).count == 19)
  }

  @Test func `dropout enters nested layers`() throws {
    let plain = try network("wrn-10-1")
    let masked = try plain.attaching([Dropout(drop: 0.3)])
    #expect(
      masked
        == WideResNet(depth: 10, widening: 1, dropout: 0.3).network(
          input: .cifarImage, classes: 10))
    #expect(try masked.parameterCount() == plain.parameterCount())
    #expect(masked.linearSites == plain.linearSites)
  }

  @Test func `a second dropout at one site is a conflict`() throws {
    let error = try #require(throws: RegularizerConflict.self) {
      try network("vgg-11").attaching([Dropout(drop: 0.5)])
    }
    #expect(error.problem == "vgg-11 already has dropout at \"classifier.6.input\"")
  }

  @Test func `shakeout replaces convolutions inside blocks`() throws {
    let network = try network("wrn-10-1").attaching([Shakeout(drop: 0.4, c: 0.01)])
    let replaced = network.allLayers.compactMap { named -> String? in
      guard case .convolution(let spec) = named.layer, spec.replacement != nil else { return nil }
      return named.name
    }
    #expect(replaced == ["block1", "block2", "block3"].map { "\($0).layer.0.conv2" })
    #expect(throws: RegularizerConflict.self) {
      try network.attaching([Shakeout(drop: 0.4, c: 0.01)])
    }
  }

  @Test func `shakeout refuses transposed convolutions`() throws {
    let generator = try network("dcgan-generator", .mnistImage)
    #expect(throws: RegularizerConflict.self) {
      try generator.attaching([Shakeout(drop: 0.4, c: 0.01, sites: Sites(["deconv1.input"]))])
    }
  }
}
