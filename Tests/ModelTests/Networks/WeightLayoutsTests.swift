import Testing

@testable import Model

@Suite struct WeightLayoutsTests {
  private func layouts(_ network: NetworkSpec) throws -> [String: ArrayLayout] {
    Dictionary(
      try network.weightLayouts().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `the columns of weights on a flattened map are reordered`() throws {
    let layouts = try layouts(network("lenet", .mnistImage))
    let map = FeatureShape(height: 4, width: 4, channels: 50)
    #expect(
      layouts["fc1.weight"]
        == ArrayLayout("fc1.weight", [.plain(500), .map(map)], memory: [0, 1]))
    #expect(
      layouts["fc2.weight"]
        == ArrayLayout("fc2.weight", [.plain(10), .plain(500)], memory: [0, 1]))
    #expect(layouts["fc1.bias"] == ArrayLayout("fc1.bias", [.plain(500)], memory: [0]))
    #expect(layouts["conv1.weight"]?.shape == [20, 1, 5, 5])
  }

  /// Between the dense layer and the map stand a normalization and an activation.
  @Test func `the rows of weights that make a map are reordered`() throws {
    let map = FeatureShape(height: 2, width: 3, channels: 4)
    let network = NetworkSpec(
      name: "generator", input: FeatureShape(vector: 5),
      layers: [
        .dense("fc", 24), .batchNormalization("bn"), .relu("relu"),
        NamedLayer("map", .reshape(ReshapeSpec(map))),
        NamedLayer(
          "up", .transposedConvolution(TransposedConvolutionSpec(outputs: 2, kernel: 3))),
      ], output: .values)
    let layouts = try layouts(network)
    #expect(
      layouts["fc.weight"] == ArrayLayout("fc.weight", [.map(map), .plain(5)], memory: [0, 1]))
    for name in ["fc.bias", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var"] {
      #expect(layouts[name] == ArrayLayout(name, [.map(map)], memory: [0]), "\(name)")
    }
    #expect(layouts["up.weight"]?.shape == [4, 2, 3, 3])
  }

  /// Its output is compared with the input, which PyTorch flattens by channel.
  @Test func `the rows of an autoencoder's last layer follow its input`() throws {
    let spec = Autoencoder(hidden: 3).network(input: .cifarImage, classes: 10)
    #expect(
      try layouts(spec)["decoder.weight"]
        == ArrayLayout("decoder.weight", [.map(.cifarImage), .plain(3)], memory: [0, 1]))
  }

  @Test func `a layer whose weights cannot be reordered is named`() throws {
    let network = NetworkSpec(
      name: "odd", input: FeatureShape(vector: 8),
      layers: [
        NamedLayer("sum", .residual(ResidualSpec(body: [.dense("fc", 8)]))),
        NamedLayer(
          "map", .reshape(ReshapeSpec(FeatureShape(height: 2, width: 2, channels: 2)))),
      ])
    let error = #expect(throws: ShapeError.self) { try network.weightLayouts() }
    #expect(error?.layer == "sum")
  }

  /// Every array of every network, in the specification's order and with its shape.
  @Test(arguments: FamiliesTests.texts)
  func `every parameter and statistic of a network has a layout of its name and shape`(
    _ text: String
  ) throws {
    let (choice, _) = try choice(text)
    let input =
      choice.name == "alexnet-caffe"
      ? FeatureShape(height: 227, width: 227, channels: 3) : .cifarImage
    let network = choice.network(input: input, classes: 10)
    let places = try network.placedLayers()
    let parameters = places.flatMap(\.parameters)
    let statistics = places.flatMap(\.statistics)
    let layouts = try network.weightLayouts()
    #expect(layouts.map(\.name) == parameters.map(\.name) + statistics.map(\.name))
    #expect(layouts.map(\.shape) == parameters.map(\.shape) + statistics.map(\.shape))
  }
}
