import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct UnfoldingTests {
  static let specs = [
    ConvolutionSpec(outputs: 1, kernel: 1), ConvolutionSpec(outputs: 1, kernel: 3, padding: 1),
    ConvolutionSpec(outputs: 1, kernel: 3, stride: 2, padding: 1),
    ConvolutionSpec(outputs: 1, kernel: 5, stride: 3, padding: 4),
  ]

  /// ⟨unfold(x), y⟩ = ⟨x, fold(y)⟩ for images that are slices of wider ones.
  @Test(arguments: specs)
  func `fold is the transpose of unfold`(_ spec: ConvolutionSpec) throws {
    let input = FeatureShape(height: 7, width: 6, channels: 3)
    let network = NetworkSpec(
      name: "one", input: input, layers: [NamedLayer("conv", .convolution(spec))])
    let geometry = ConvolutionGeometry(spec, input: input, output: try network.outputShape())
    let stride = 5
    let image = TestNumbers.uniform(input.positions * stride, "image").map(Float.init)
    let windows = geometry.output.positions * spec.kernel * spec.kernel * input.channels
    let other = TestNumbers.uniform(windows, "windows").map(Float.init)

    var unfolded = [Float](repeating: .nan, count: windows)
    unfold(image, stride: stride, geometry, rows: 0..<geometry.output.height, into: &unfolded)
    var folded = [Float](repeating: 0, count: image.count)
    fold(
      other, geometry, rows: 0..<geometry.output.height, addingTo: &folded, stride: stride)

    func product(_ a: [Float], _ b: [Float]) -> Double {
      zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let (left, right) = (product(unfolded, other), product(image, folded))
    #expect(abs(left - right) < 1e-4 * (1 + abs(left)))
    #expect(!folded.enumerated().contains { $0.offset % stride >= 3 && $0.element != 0 })
  }
}
