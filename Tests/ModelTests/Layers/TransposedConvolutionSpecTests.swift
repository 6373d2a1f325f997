import Testing

@testable import Model

@Suite struct TransposedConvolutionSpecTests {
  /// A transposed convolution undoes what a convolution with the same numbers does to the extents.
  @Test func `output sizes are those that a convolution maps back to the input`() throws {
    for (kernel, stride, padding) in [(5, 2, 2), (3, 1, 1), (4, 2, 1), (3, 3, 0), (7, 4, 3)] {
      for outputPadding in 0..<stride {
        for extent in 1...6 {
          let spec = TransposedConvolutionSpec(
            outputs: 3, kernel: kernel, stride: stride, padding: padding,
            outputPadding: outputPadding)
          let input = FeatureShape(height: extent, width: extent + 1, channels: 2)
          let large = try LayerSpec.transposedConvolution(spec).spec.outputShape(
            of: input, name: "t")
          let back = ConvolutionSpec(outputs: 2, kernel: kernel, stride: stride, padding: padding)
          #expect(try LayerSpec.convolution(back).spec.outputShape(of: large, name: "c") == input)
        }
      }
    }
  }

  @Test func `weights have the inputs first`() throws {
    let spec = TransposedConvolutionSpec(outputs: 3, kernel: 5, stride: 2, padding: 2)
    let input = FeatureShape(height: 7, width: 7, channels: 4)
    let placed = try PlacedLayer(NamedLayer("t", .transposedConvolution(spec)), input: input)
    #expect(placed.parameters.map(\.shape) == [[4, 3, 5, 5], [3]])
    #expect(placed.parameters[0].fanIn == 75)
    #expect(placed.multiplyAdds == 7 * 7 * 4 * 3 * 25)
  }
}
