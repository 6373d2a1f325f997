import TestSupport
import Testing

@testable import Engine
@testable import Model

/// The gradient of whole networks with each kind of noise in them, by central differences of the
/// network itself at one step, whose random numbers are always the same.
@Suite struct RegularizedGradientTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var network: NetworkSpec
    var regularizers: [any Regularizer]
    /// Whose random numbers leave no kinks near by.
    var step: UInt64 = 3
  }

  private static let image = FeatureShape(height: 6, width: 6, channels: 2)

  private static func chain(_ function: ActivationSpec.Function) -> NetworkSpec {
    NetworkSpec(
      name: "chain", input: image,
      layers: [
        .convolution("conv1", 5, kernel: 3, padding: 1), .batchNormalization("bn1"),
        NamedLayer("act1", .activation(ActivationSpec(function))),
        .convolution("conv2", 4, kernel: 3),
        NamedLayer("act2", .activation(ActivationSpec(function))),
        .dense("fc1", 9), NamedLayer("act3", .activation(ActivationSpec(function))),
        .dense("fc2", 3),
      ])
  }

  /// Channels that fill a vector, which noise in front of a convolution needs to be read through.
  private static let wide = NetworkSpec(
    name: "wide", input: image,
    layers: [
      .convolution("conv1", 8, kernel: 3, padding: 1), .batchNormalization("bn1"), .relu("relu1"),
      .convolution("conv2", 5, kernel: 3), .batchNormalization("bn2"), .relu("relu2"),
      .dense("fc1", 3),
    ])

  private static let residual = NetworkSpec(
    name: "residual", input: image,
    layers: [
      .convolution("conv1", 4, kernel: 3, padding: 1),
      NamedLayer(
        "block1",
        .residual(
          ResidualSpec(body: [
            .convolution("a", 4, kernel: 3, padding: 1), .batchNormalization("n"),
          ]))), .relu("relu1"),
      NamedLayer(
        "block2",
        .residual(
          ResidualSpec(
            body: [
              .batchNormalization("m"), .relu("relu2"), .convolution("b", 6, kernel: 3, padding: 1),
            ], shortcut: [.convolution("p", 6, kernel: 1)]))), .relu("relu3"), .dense("fc", 3),
    ])

  static let cases: [Case] = [
    Case(
      testDescription: "Drop-Activation of ReLUs", network: chain(.relu),
      regularizers: [DropActivation(keep: 0.6)]),
    Case(
      testDescription: "Drop-Activation of logistic units", network: chain(.sigmoid),
      regularizers: [DropActivation(keep: 0.6)]),
    Case(
      testDescription: "Drop-Activation of hyperbolic tangents", network: chain(.tanh),
      regularizers: [DropActivation(keep: 0.6)]),
    Case(
      testDescription: "Drop-Activation with Dropout behind it", network: chain(.relu),
      regularizers: [
        DropActivation(keep: 0.6), Dropout(drop: 0.3, sites: Sites(["conv2.input", "fc2.input"])),
      ]),
    Case(
      testDescription: "Drop-Activation around additions", network: residual,
      regularizers: [DropActivation(keep: 0.6)]),
    Case(testDescription: "RReLU", network: chain(.relu), regularizers: [RReLU()], step: 4),
    Case(testDescription: "RReLU around additions", network: residual, regularizers: [RReLU()]),
    Case(
      testDescription: "RReLU with Gaussian dropout behind it", network: wide,
      regularizers: [
        RReLU(), GaussianDropout(variance: 0.4, sites: Sites(["conv2.input", "fc1.input"])),
      ]),
    Case(
      testDescription: "Gaussian dropout behind ReLUs", network: chain(.relu),
      regularizers: [GaussianDropout(variance: 2, sites: Sites(["*.input"]))]),
    Case(
      testDescription: "Gaussian dropout behind a replaced ReLU", network: chain(.relu),
      regularizers: [
        DropActivation(keep: 0.6), GaussianDropout(variance: 2, sites: Sites(["fc1.input"])),
      ]),
    Case(
      testDescription: "DropConnect", network: chain(.tanh),
      regularizers: [DropConnect(drop: 0.3, sites: Sites(["fc*"]))]),
    Case(
      testDescription: "stochastic depth", network: residual,
      regularizers: [StochasticDepth(drop: 0.6, draw: .sample)]),
    Case(
      testDescription: "stochastic depth of batches", network: residual,
      regularizers: [StochasticDepth(drop: 0.3, rule: .uniform)]),
    Case(
      testDescription: "Dropout before DropConnect", network: chain(.tanh),
      regularizers: [
        Dropout(drop: 0.3, sites: Sites(["fc2.input"])), DropConnect(drop: 0.2),
      ]),
  ]

  @Test(arguments: cases)
  func `is the derivative of the output`(_ example: Case) throws {
    let spec = try example.network.attaching(example.regularizers)
    let harness = try LayerHarness(spec.layers, input: spec.input, count: 4)
    let x = exactNumbers(4 * spec.input.count, "x")
    let delta = exactNumbers(12, "delta")
    func loss() -> Double {
      zip(harness.forward(x, step: example.step), delta).reduce(0) { $0 + Double($1.0) * $1.1 }
    }
    let centre = loss()
    harness.backward(delta)
    var (compared, excluded) = (0, 0)
    for parameter in harness.network.parameters {
      let gradient = Array(parameter.gradient)
      for index in stride(from: 0, to: gradient.count, by: max(1, gradient.count / 12)) {
        let value = parameter.values[index]
        func slopes(_ step: Float) -> (left: Double, right: Double) {
          parameter.values[index] = value + step
          let above = loss()
          parameter.values[index] = value - step
          let below = loss()
          parameter.values[index] = value
          return ((centre - below) / Double(step), (above - centre) / Double(step))
        }
        let (wide, narrow) = (slopes(2e-3), slopes(5e-4))
        // The wider step drowns the rounding of single precision.
        let numeric = (wide.left + wide.right) / 2
        let change = (narrow.left + narrow.right) / 2 - numeric
        let scale = max(1, abs(numeric))
        // Differences that depend on the step or the side mean a kink within it.
        guard abs(change) < 0.01 * scale, abs(wide.left - wide.right) < 0.02 * scale else {
          excluded += 1
          continue
        }
        compared += 1
        #expect(
          abs(numeric - Double(gradient[index])) < 0.02 * max(1, abs(numeric)),
          "\(parameter.spec.name)[\(index)]: \(numeric) and \(gradient[index])")
      }
    }
    #expect(compared > 3 * excluded, "\(compared) compared, \(excluded) excluded")
  }

  @Test func `Dropout and Shakeout at one site draw different masks`() throws {
    let site = Sites(["fc2.input"])
    let spec = try Self.chain(.tanh).attaching([
      Dropout(drop: 0.5, sites: site), Shakeout(drop: 0.5, c: 0, sites: site),
    ])
    let harness = try LayerHarness(spec.layers, input: spec.input, count: 200)
    let x = (0..<200).flatMap { _ in exactNumbers(spec.input.count, "x") }
    // With one mask for both the mean would be twice as far from the bias.
    var sums = [Double](repeating: 0, count: 3)
    for step in 0..<40 {
      for (place, y) in harness.forward(x, step: UInt64(step)).enumerated() {
        sums[place % 3] += Double(y) / (200 * 40)
      }
    }
    let plain = try LayerHarness(
      Self.chain(.tanh).layers, input: spec.input, count: 200
    ).forward(x, step: 0)
    for (mean, value) in zip(sums, plain) { #expect(abs(mean - Double(value)) < 0.15) }
  }
}
