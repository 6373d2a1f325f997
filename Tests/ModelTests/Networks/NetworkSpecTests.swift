import Testing

@testable import Model

@Suite struct NetworkSpecTests {
  private let digit = FeatureShape(height: 28, width: 28, channels: 1)

  @Test func `LeNet has the published parameters and multiply-adds`() throws {
    let network = NetworkSpec.lenet(input: digit, classes: 10)
    #expect(try network.parameterCount() == 431_080)
    #expect(try network.multiplyAdds() == 2_293_000)
    #expect(
      try network.placedLayers().map(\.output.description) == [
        "20×24×24", "20×24×24", "20×12×12", "50×8×8", "50×8×8", "50×4×4", "500", "500", "10",
      ])
  }

  @Test func `the 4096-unit network has the published parameters and multiply-adds`() throws {
    let network = NetworkSpec.mlp(input: digit, hidden: [4096], activation: .relu, classes: 10)
    #expect(try network.parameterCount() == 3_256_330)
    #expect(try network.multiplyAdds() == 784 * 4096 + 4096 * 10)
    #expect(network.layers.map(\.name) == ["fc1", "relu1", "fc2"])
  }

  @Test func `sites are the inputs of the linear layers`() {
    let lenet = NetworkSpec.lenet(input: digit, classes: 10)
    #expect(lenet.linearSites == ["conv1.input", "conv2.input", "fc1.input", "fc2.input"])
    #expect(lenet.lastLinearSite == "fc2.input")
    let mlp = NetworkSpec.mlp(input: digit, hidden: [5, 6], activation: .sigmoid, classes: 3)
    #expect(mlp.lastLinearSite == "fc3.input")
    #expect(mlp.layers.map(\.layer.kind) == ["dense", "sigmoid", "dense", "sigmoid", "dense"])
  }

  @Test func `parameters are named after their layers, in the order of the network`() throws {
    let parameters = try NetworkSpec.lenet(input: digit, classes: 10).placedLayers()
      .flatMap(\.parameters)
    #expect(
      parameters.map(\.name) == [
        "conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "fc1.weight", "fc1.bias",
        "fc2.weight", "fc2.bias",
      ])
    #expect(parameters[2].shape == [50, 20, 5, 5])
    #expect(parameters[2].fanIn == 500)
    #expect(parameters[2].fanOut == 1250)
    #expect(parameters[4].shape == [500, 800])
    #expect(parameters[4].fanIn == 800)
  }

  @Test func `a layer that does not fit is named`() {
    let network = NetworkSpec.lenet(
      input: FeatureShape(height: 12, width: 12, channels: 1), classes: 10)
    #expect(throws: ShapeError.self) { try network.placedLayers() }
    do {
      _ = try network.placedLayers()
    } catch {
      #expect(error.layer == "conv2")
      #expect(error.message.contains("5×5"))
    }
  }
}
