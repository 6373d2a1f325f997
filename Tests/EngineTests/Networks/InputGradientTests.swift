import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct InputGradientTests {
  private static func convolution(_ name: String, _ outputs: Int) -> NamedLayer {
    NamedLayer(name, .convolution(ConvolutionSpec(outputs: outputs, kernel: 3, padding: 1)))
  }

  /// Smooth networks that begin with every kind of link.
  static let beginnings: [[NamedLayer]] = [
    [convolution("c", 3)],
    [NamedLayer("a", .activation(ActivationSpec(.sigmoid)))],
    [NamedLayer("d", .dense(DenseSpec(outputs: 5)))],
    [NamedLayer("r", .residual(ResidualSpec(body: [convolution("c", 2)])))],
    [NamedLayer("m", .concatenation(ConcatenationSpec(body: [convolution("c", 3)])))],
  ]

  @Test(arguments: beginnings)
  func `agrees with central differences`(_ beginning: [NamedLayer]) throws {
    let input = FeatureShape(height: 4, width: 4, channels: 2)
    let count = 3
    let spec = NetworkSpec(
      name: "test", input: input,
      layers: beginning + [
        NamedLayer("s", .activation(ActivationSpec(.tanh))),
        NamedLayer("fc", .dense(DenseSpec(outputs: 3))),
      ])
    let network = try Network(
      spec, capacity: 4, pool: ThreadPool(threads: 2), root: RandomRoot(seed: 1, trial: 1),
      convolution: .automatic, passesInputGradient: true, stopwatch: nil)
    network.initialize(.heFanIn)
    let x = TestNumbers.uniform(count * input.count, "x")
    let delta = TestNumbers.uniform(count * 3, "delta")
    func loss(_ point: [Double]) -> Double {
      for (index, number) in point.enumerated() { network.input[index] = Float(number) }
      network.forward(count: count, trainingStep: 0)
      return delta.enumerated().reduce(0) { $0 + Double(network.output[$1.offset]) * $1.element }
    }
    _ = loss(x)
    for (index, number) in delta.enumerated() { network.outputGradient[index] = Float(number) }
    network.backward()
    let gradient = try #require(network.inputGradient)
    let outcome = GradientChecker(step: 4e-3, tolerance: 2e-3).check(
      at: x, analytic: (0..<x.count).map { Double(gradient[$0]) }, hasKink: { _ in false },
      loss: loss)
    #expect(outcome.isClean, "\(outcome.mismatches)")
    #expect(outcome.compared == x.count)
  }

  @Test func `the gradient of the input is computed only where asked for`() throws {
    let network = try LayerHarness(
      [NamedLayer("d", .dense(DenseSpec(outputs: 5)))], input: FeatureShape(vector: 3), count: 2
    ).network
    #expect(network.inputGradient == nil)
  }
}
