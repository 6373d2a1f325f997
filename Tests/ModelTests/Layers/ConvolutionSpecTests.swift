import Testing

@testable import Model

@Suite struct ConvolutionSpecTests {
  private func output(
    _ size: Int, kernel: Int, stride: Int = 1, padding: Int = 0
  ) throws -> FeatureShape {
    try ConvolutionSpec(outputs: 7, kernel: kernel, stride: stride, padding: padding)
      .outputShape(of: FeatureShape(height: size, width: size + 1, channels: 3), name: "conv")
  }

  @Test func `the shape follows kernel, stride and padding`() throws {
    #expect(try output(28, kernel: 5) == FeatureShape(height: 24, width: 25, channels: 7))
    #expect(
      try output(32, kernel: 3, padding: 1) == FeatureShape(height: 32, width: 33, channels: 7))
    #expect(
      try output(32, kernel: 11, stride: 4, padding: 5)
        == FeatureShape(height: 8, width: 9, channels: 7))
    #expect(try output(5, kernel: 5) == FeatureShape(height: 1, width: 2, channels: 7))
  }

  @Test func `a kernel larger than the padded map is refused`() {
    #expect(throws: ShapeError.self) { try output(4, kernel: 5) }
    #expect(throws: Never.self) { try output(3, kernel: 5, padding: 1) }
  }

  @Test func `without bias there is one parameter`() {
    let spec = ConvolutionSpec(outputs: 4, kernel: 3, hasBias: false)
    let parameters = spec.parameters(
      input: FeatureShape(height: 9, width: 9, channels: 2), name: "c")
    #expect(parameters.map(\.name) == ["c.weight"])
    #expect(parameters[0].count == 72)
  }

  private let input = FeatureShape(height: 9, width: 7, channels: 6)

  @Test func `groups divide the weights`() throws {
    let spec = ConvolutionSpec(outputs: 4, kernel: 3, stride: 2, padding: 1, groups: 2)
    let placed = try PlacedLayer(NamedLayer("c", .convolution(spec)), input: input)
    #expect(placed.output == FeatureShape(height: 5, width: 4, channels: 4))
    #expect(placed.parameters.map(\.shape) == [[4, 3, 3, 3], [4]])
    #expect(placed.parameters[0].fanIn == 27)
    #expect(placed.parameters[0].fanOut == 36)
    #expect(placed.multiplyAdds == 5 * 4 * 4 * 27)
  }

  @Test func `groups must divide the input`() {
    let spec = ConvolutionSpec(outputs: 8, kernel: 1, groups: 4)
    #expect(throws: ShapeError(layer: "c", "4 groups do not divide 6 inputs and 8 outputs")) {
      try LayerSpec.convolution(spec).spec.outputShape(of: input, name: "c")
    }
  }

  @Test func `biases follow the layers own initialiser`() throws {
    let spec = ConvolutionSpec(outputs: 2, kernel: 1, initializer: .gaussian(deviation: 0.1))
    let parameters = LayerSpec.convolution(spec).spec.parameters(input: input, name: "c")
    #expect(parameters.map(\.role) == [.weight, .bias])
    #expect(parameters.allSatisfy { $0.initializer == .gaussian(deviation: 0.1) })
  }
}
