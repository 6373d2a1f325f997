import TestSupport
import Testing

/// The gradients of the reference layers are those of their outputs.
@Suite struct LinearReferenceTests {
  @Test func `the gradients of a dense layer are those of its outputs`() {
    let layer = DenseReference(weights: TestNumbers.matrix(3, 4, "w"), bias: [0.1, -0.2, 0.3])
    let x = TestNumbers.matrix(2, 4, "x")
    let delta = TestNumbers.matrix(2, 3, "delta")
    let gradients = layer.backward(x, delta)
    let byInput = GradientChecker().check(at: x.values, analytic: gradients.input.values) {
      let moved = ReferenceMatrix(rows: 2, columns: 4, values: $0)
      return ReferenceMatrix.dot(layer.forward(moved), delta)
    }
    #expect(byInput.isClean, "\(byInput.mismatches)")
    let byWeights = GradientChecker().check(
      at: layer.weights.values, analytic: gradients.weights.values
    ) {
      var moved = layer
      moved.weights = ReferenceMatrix(rows: 3, columns: 4, values: $0)
      return ReferenceMatrix.dot(moved.forward(x), delta)
    }
    #expect(byWeights.isClean, "\(byWeights.mismatches)")
    let byBias = GradientChecker().check(at: layer.bias, analytic: gradients.bias) {
      var moved = layer
      moved.bias = $0
      return ReferenceMatrix.dot(moved.forward(x), delta)
    }
    #expect(byBias.isClean, "\(byBias.mismatches)")
  }

  @Test(arguments: [(1, 0), (2, 1), (1, 2), (3, 0)])
  func `convolution`(stride: Int, padding: Int) {
    let filters = ReferenceMaps(
      count: 3, height: 3, width: 2, channels: 2, values: TestNumbers.uniform(36, "filters"))
    let layer = ConvolutionReference(
      filters: filters, bias: [0.1, 0.2, -0.3], stride: stride, padding: padding)
    let x = ReferenceMaps(
      count: 2, height: 5, width: 4, channels: 2, values: TestNumbers.uniform(80, "x"))
    let size = layer.forward(x).values.count
    let weights = TestNumbers.uniform(size, "delta")
    var delta = layer.forward(x)
    delta.values = weights
    func loss(_ maps: ReferenceMaps) -> Double {
      zip(maps.values, weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let gradients = layer.backward(x, delta)
    let byInput = GradientChecker().check(at: x.values, analytic: gradients.input.values) {
      var moved = x
      moved.values = $0
      return loss(layer.forward(moved))
    }
    #expect(byInput.isClean, "\(byInput.mismatches)")
    let byFilters = GradientChecker().check(
      at: filters.values, analytic: gradients.filters.values
    ) {
      var moved = layer
      moved.filters.values = $0
      return loss(moved.forward(x))
    }
    #expect(byFilters.isClean, "\(byFilters.mismatches)")
    let byBias = GradientChecker().check(at: layer.bias, analytic: gradients.bias) {
      var moved = layer
      moved.bias = $0
      return loss(moved.forward(x))
    }
    #expect(byBias.isClean, "\(byBias.mismatches)")
  }

  @Test func `convolution of a known map`() {
    let layer = ConvolutionReference(
      filters: ReferenceMaps(
        count: 1, height: 2, width: 2, channels: 1, values: [1, 2, 3, 4]), bias: [10])
    let x = ReferenceMaps(
      count: 1, height: 2, width: 3, channels: 1, values: [1, 0, 0, 0, 1, 2])
    #expect(layer.forward(x).values == [15, 21])
  }

  @Test(arguments: [true, false])
  func `pooling`(isMaximum: Bool) {
    // The last window of each row and column is clipped.
    let layer = PoolingReference(
      isMaximum: isMaximum, window: 3, stride: 2, outputSize: (height: 3, width: 3))
    let x = ReferenceMaps(
      count: 2, height: 6, width: 6, channels: 2, values: TestNumbers.distinct(144, "x"))
    let weights = TestNumbers.uniform(36, "delta")
    var delta = layer.forward(x)
    delta.values = weights
    let outcome = GradientChecker().check(
      at: x.values, analytic: layer.backward(x, delta).values
    ) {
      var moved = x
      moved.values = $0
      return zip(layer.forward(moved).values, weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(outcome.isClean, "\(outcome.mismatches)")
  }

  @Test func `activations away from the kink of the ReLU`() {
    let x = [-2.0, -0.5, -1e-7, 0, 0.3, 1.7]
    for (name, activation) in [
      ("relu", ActivationReference.relu), ("sigmoid", ActivationReference.sigmoid),
    ] {
      let outcome = GradientChecker().check(
        at: x, analytic: x.map(activation.derivative),
        hasKink: { name == "relu" && abs(x[$0]) < 1e-4 }
      ) { $0.map(activation.value).reduce(0, +) }
      #expect(outcome.isClean, "\(name): \(outcome.mismatches)")
      #expect(outcome.excluded == (name == "relu" ? 2 : 0))
    }
  }

  @Test func `a wrong gradient and not-a-number are found`() {
    let checker = GradientChecker()
    let wrong = checker.check(at: [1, 2], analytic: [1, 1.01]) { $0[0] + $0[1] }
    #expect(wrong.mismatches.map(\.index) == [1])
    let undefined = checker.check(at: [1], analytic: [.nan]) { $0[0] }
    #expect(!undefined.isClean)
    #expect(!checker.check(at: [], analytic: []) { _ in 0 }.isClean)
  }
}
