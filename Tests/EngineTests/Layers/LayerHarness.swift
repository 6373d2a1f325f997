import Model
import TestSupport

@testable import Engine

/// A compiled network, filled from Doubles and read back, for comparison with references.
final class LayerHarness {
  let network: Network
  let count: Int

  /// Compiles layers for `count` samples in a network with room for `capacity`.
  init(
    _ layers: [NamedLayer], input: FeatureShape, count: Int, capacity: Int? = nil,
    threads: Int = 1, convolution: ConvolutionAlgorithm = .automatic
  ) throws {
    self.count = count
    network = try Network(
      NetworkSpec(name: "test", input: input, layers: layers), capacity: capacity ?? count,
      pool: ThreadPool(threads: threads), root: RandomRoot(seed: 1, trial: 1),
      convolution: convolution, passesInputGradient: false, stopwatch: nil)
    for parameter in network.parameters {
      Self.write(
        TestNumbers.uniform(parameter.values.count, parameter.spec.name), parameter.values)
      // Gradients are overwritten, so whatever was there must not show.
      parameter.gradient.update(repeating: 1e9)
    }
  }

  /// A parameter's values as the reference sees them.
  func values(_ name: String) -> [Double] {
    network.parameters.first { $0.spec.name == name }.map { $0.values.map(Double.init) } ?? []
  }

  /// A parameter's gradient.
  func gradient(_ name: String) -> [Float] {
    network.parameters.first { $0.spec.name == name }.map { Array($0.gradient) } ?? []
  }

  /// The output for an input.
  func forward(_ x: [Double], step: UInt64? = 0) -> [Float] {
    Self.write(x, UnsafeMutableBufferPointer(start: network.input, count: x.count))
    network.forward(count: count, trainingStep: step)
    return Array(UnsafeBufferPointer(start: network.output, count: count * network.outputCount))
  }

  /// Goes backward from the output's gradient.
  func backward(_ delta: [Double]) {
    Self.write(delta, UnsafeMutableBufferPointer(start: network.outputGradient, count: delta.count))
    network.backward()
  }

  static func write(_ numbers: [Double], _ target: UnsafeMutableBufferPointer<Float>) {
    for (index, number) in numbers.enumerated() { target[index] = Float(number) }
  }
}

/// Numbers that are exact in Float, so that references and kernels start from the same.
func exactNumbers(_ count: Int, _ name: String) -> [Double] {
  TestNumbers.uniform(count, name).map { Double(Float($0)) }
}
