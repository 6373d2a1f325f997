import Testing

@testable import Model

/// Residual addition, concatenation, subsampling and reshape.
@Suite struct CompositesTests {
  private let input = FeatureShape(height: 5, width: 4, channels: 3)

  private func shape(_ layer: LayerSpec) throws -> FeatureShape {
    try layer.spec.outputShape(of: input, name: "x")
  }

  @Test func `branches of a sum must agree`() throws {
    let body = NamedLayer.convolution("x.c", 6, kernel: 3, stride: 2, padding: 1)
    let option = NamedLayer("x.s", .subsampling(SubsamplingSpec(stride: 2, outputs: 6)))
    #expect(
      try shape(.residual(ResidualSpec(body: [body], shortcut: [option])))
        == FeatureShape(height: 3, width: 2, channels: 6))
    #expect(
      throws: ShapeError(
        layer: "x", "the body gives 6×3×2, the shortcut 3×5×4; they cannot be added")
    ) { try shape(.residual(ResidualSpec(body: [body]))) }
  }

  @Test func `a layer inside is named where it does not fit`() {
    let body = NamedLayer.convolution("x.c", 6, kernel: 9)
    let error = #expect(throws: ShapeError.self) {
      try shape(.concatenation(ConcatenationSpec(body: [body])))
    }
    #expect(error?.layer == "x.c")
  }

  @Test func `concatenation appends channels`() throws {
    let body = NamedLayer.convolution("x.c", 2, kernel: 3, padding: 1)
    #expect(
      try shape(.concatenation(ConcatenationSpec(body: [body])))
        == FeatureShape(height: 5, width: 4, channels: 5))
    let strided = NamedLayer.convolution("x.c", 2, kernel: 3, stride: 2, padding: 1)
    #expect(throws: ShapeError.self) {
      try shape(.concatenation(ConcatenationSpec(body: [strided])))
    }
  }

  @Test func `subsampling cannot lose channels`() {
    #expect(throws: ShapeError(layer: "x", "2 channels cannot hold the 3 of the input")) {
      try shape(.subsampling(SubsamplingSpec(stride: 2, outputs: 2)))
    }
  }

  @Test func `reshape needs a vector of the right length`() throws {
    let map = FeatureShape(height: 2, width: 3, channels: 4)
    let layer = LayerSpec.reshape(ReshapeSpec(map))
    #expect(try layer.spec.outputShape(of: FeatureShape(vector: 24), name: "x") == map)
    #expect(throws: ShapeError(layer: "x", "a map of 4×2×3 needs a vector of 24, not 25")) {
      try layer.spec.outputShape(of: FeatureShape(vector: 25), name: "x")
    }
  }

  @Test func `a layer name used twice is refused at any depth`() {
    let network = NetworkSpec(
      name: "n", input: input,
      layers: [
        .relu("a"), NamedLayer("b", .residual(ResidualSpec(body: [.relu("a")]))),
      ])
    #expect(throws: ShapeError(layer: "a", "another layer has the same name")) {
      try network.placedLayers()
    }
  }
}
