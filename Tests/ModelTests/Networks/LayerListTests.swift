import Testing

@testable import Model

@Suite struct LayerListTests {
  @Test func `layers are read strictly`() throws {
    let text = """
      {"name": "small", "layers": [
        {"kind": "convolution", "name": "conv1", "outputs": 8, "kernel": 3, "padding": 1},
        {"kind": "relu", "name": "relu1"},
        {"kind": "residual", "name": "block", "body": [
          {"kind": "convolution", "name": "block.conv", "outputs": 8, "kernel": 1, "groups": 2}]},
        {"kind": "globalAveragePooling", "name": "pool"},
        {"kind": "dense", "name": "fc", "outputs": 10, "initializer": {"gaussian": 0.1}}]}
      """
    let (choice, messages) = try choice(text)
    #expect(messages.isEmpty)
    #expect(choice.name == "small")
    let network = choice.network(input: .mnistImage, classes: 10)
    #expect(try network.parameterCount() == 8 * 9 + 8 + 8 * 4 + 8 + 80 + 10)
    #expect(network.linearSites == ["conv1.input", "block.conv.input", "fc.input"])
    #expect(
      network.layers.last?.layer
        == .dense(
          DenseSpec(outputs: 10, initializer: .gaussian(deviation: 0.1))))
  }

  @Test(arguments: [
    (#"{"layers": []}"#, #"1:12 "layers" must list at least one layer"#),
    (
      #"{"layers": [{"kind": "relu", "name": "a"}], "name": "vgg-16"}"#,
      #"1:53 "vgg-16" is the name of a known network"#
    ),
    (
      #"{"layers": [{"kind": "relu", "name": "a"}, {"kind": "tanh", "name": "a"}]}"#,
      #"1:12 two layers are called "a""#
    ),
    (
      #"{"layers": [{"kind": "relu", "name": "a b"}]}"#,
      #"1:38 a layer's name consists of letters, digits, "_", "-" and inner ".""#
    ),
    (
      #"{"layers": [{"kind": "convolution", "name": "a", "outputs": 4, "kernel": 3, "groups": 3}]}"#,
      #"1:87 "groups" must divide "outputs""#
    ),
    (
      #"{"layers": [{"kind": "dense", "name": "a", "outputs": 4}], "sites": ["b.input"]}"#,
      #"1:69 unknown site "b.input" | did you mean "a.input"? allowed: "a.input""#
    ),
    (
      #"{"layers": [{"kind": "residual", "name": "a", "body": []}]}"#,
      #"1:55 "body" must list at least one layer"#
    ),
    (
      #"{"layers": [{"kind": "transposedConvolution", "name": "a", "outputs": 1, "kernel": 3, "stride": 2, "outputPadding": 2}]}"#,
      #"1:117 "outputPadding" must be below "stride""#
    ),
  ])
  func `mistakes are named`(_ text: String, _ expected: String) throws {
    #expect(try choice(text).messages == [expected])
  }

  @Test func `an unknown kind gets a suggestion`() throws {
    let messages = try choice(#"{"layers": [{"kind": "convolutoin", "name": "a"}]}"#).messages
    #expect(
      messages.first?.hasPrefix(
        #"1:22 unknown kind of layer "convolutoin" | did you mean "convolution"?"#) == true)
  }

  @Test func `huge layers are refused before anything overflows`() throws {
    let layer =
      #"{"kind": "transposedConvolution", "name": "NAME", "outputs": 65536, "kernel": 64, "stride": 64}"#
    let layers = (0..<8).map { layer.replacing("NAME", with: "a\($0)") }.joined(separator: ", ")
    let (choice, messages) = try choice(#"{"layers": [\#(layers)]}"#)
    #expect(messages.isEmpty)
    #expect(throws: ShapeError.self) {
      try choice.network(input: .cifarImage, classes: 10).placedLayers()
    }
  }
}
