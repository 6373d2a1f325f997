import Model
import Testing

@testable import Engine

@Suite struct InitializingTests {
  private let weight = ParameterSpec(
    name: "conv2.weight", role: .weight, shape: [50, 20, 5, 5], fanIn: 500, fanOut: 1250,
    initializer: nil)
  private let bias = ParameterSpec(
    name: "conv2.bias", role: .bias, shape: [50], fanIn: 500, fanOut: 1250, initializer: nil)

  private func drawn(
    _ spec: ParameterSpec, _ initializer: Initializer, trial: UInt32 = 1
  ) -> [Float] {
    var values = [Float](repeating: .nan, count: spec.count)
    values.withUnsafeMutableBufferPointer {
      Initializing.fill(
        $0, spec, fallback: initializer, root: RandomRoot(seed: 1, trial: trial))
    }
    return values
  }

  @Test func `each rule has its published bound or deviation`() {
    func rule(_ spec: ParameterSpec, _ initializer: Initializer) -> Initializing.Distribution {
      Initializing.distribution(of: spec, fallback: initializer)
    }
    #expect(rule(weight, .caffeXavier) == .uniform(bound: Float((3.0 / 500).squareRoot())))
    #expect(rule(weight, .torchDefault) == .uniform(bound: Float((1.0 / 500).squareRoot())))
    #expect(rule(weight, .heFanIn) == .normal(deviation: Float((2.0 / 500).squareRoot())))
    #expect(rule(weight, .heFanOut) == .normal(deviation: Float((2.0 / 1250).squareRoot())))
    #expect(rule(weight, .gaussian(deviation: 0.02)) == .normal(deviation: 0.02))
    #expect(
      rule(weight, .glorotSigmoid) == .uniform(bound: Float(4 * (6.0 / 1750).squareRoot())))
    #expect(rule(bias, .glorotSigmoid) == .constant(0))
    #expect(rule(weight, .torchvisionVGG) == .normal(deviation: Float((2.0 / 1250).squareRoot())))
    let matrix = ParameterSpec(
      name: "fc.weight", role: .weight, shape: [10, 20], fanIn: 20, fanOut: 10, initializer: nil)
    #expect(rule(matrix, .torchvisionVGG) == .normal(deviation: 0.01))
    #expect(rule(bias, .caffeXavier) == .constant(0))
    #expect(rule(bias, .heFanIn) == .constant(0))
    #expect(rule(bias, .gaussian(deviation: 1)) == .constant(0))
    #expect(rule(bias, .torchDefault) == .uniform(bound: Float((1.0 / 500).squareRoot())))
  }

  @Test(arguments: [Initializer.caffeXavier, .torchDefault])
  func `uniform rules fill their interval evenly`(initializer: Initializer) {
    guard case .uniform(let bound) = Initializing.distribution(of: weight, fallback: initializer)
    else {
      Issue.record("\(initializer) is not uniform")
      return
    }
    let values = drawn(weight, initializer).map { Double($0) / Double(bound) }
    let count = Double(values.count)
    #expect(values.allSatisfy { abs($0) <= 1 })
    #expect((values.max() ?? 0) > 0.999 && (values.min() ?? 0) < -0.999)
    #expect(abs(values.reduce(0, +) / count) < 5 * (1 / 3 / count).squareRoot())
    let second = values.reduce(0) { $0 + $1 * $1 } / count
    #expect(abs(second - 1.0 / 3) < 5 * (4.0 / 45 / count).squareRoot())
  }

  @Test(arguments: [Initializer.heFanIn, .heFanOut, .gaussian(deviation: 0.3)])
  func `normal rules have their deviation`(initializer: Initializer) {
    guard
      case .normal(let deviation) = Initializing.distribution(of: weight, fallback: initializer)
    else {
      Issue.record("\(initializer) is not normal")
      return
    }
    let values = drawn(weight, initializer).map { Double($0) / Double(deviation) }
    let count = Double(values.count)
    #expect(abs(values.reduce(0, +) / count) < 5 / count.squareRoot())
    let second = values.reduce(0) { $0 + $1 * $1 } / count
    #expect(abs(second - 1) < 5 * (2 / count).squareRoot())
  }

  @Test func `a parameter's values depend on its name and the trial alone`() {
    var other = weight
    other.name = "conv1.weight"
    var shorter = weight
    shorter.shape = [10, 20, 5, 5]
    let values = drawn(weight, .heFanIn)
    #expect(values == drawn(weight, .heFanIn))
    #expect(values != drawn(other, .heFanIn))
    #expect(values != drawn(weight, .heFanIn, trial: 2))
    #expect(drawn(shorter, .heFanIn) == Array(values[..<shorter.count]))
  }

  @Test func `a layer's own rule comes before the recipe's`() {
    var spec = weight
    spec.initializer = .gaussian(deviation: 0)
    #expect(drawn(spec, .caffeXavier).allSatisfy { $0 == 0 })
  }
}
