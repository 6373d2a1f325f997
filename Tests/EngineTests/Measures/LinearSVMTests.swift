import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct LinearSVMTests {
  private let root = RandomRoot(seed: 1, trial: 1)

  /// Points around three corners; `spread` decides how much the classes overlap.
  private func points(_ count: Int, spread: Double) -> (x: [Float], labels: [Int32]) {
    let corners = [[2.0, 0], [0, 2.0], [-2, -2]]
    let noise = TestNumbers.uniform(2 * count, "noise \(spread)")
    var x: [Float] = []
    for index in 0..<count {
      for axis in 0..<2 {
        x.append(Float(corners[index % 3][axis] + spread * noise[2 * index + axis]))
      }
    }
    return (x, (0..<count).map { Int32($0 % 3) })
  }

  private func train(
    _ data: (x: [Float], labels: [Int32]), cost: Double, tolerance: Double = 1e-4
  ) -> LinearSVM {
    data.x.withUnsafeBufferPointer {
      LinearSVM(
        $0, labels: data.labels, features: 2, classes: 3, cost: cost, tolerance: tolerance,
        root: root)
    }
  }

  @Test func `separable classes are separated`() {
    let data = points(90, spread: 0.9)
    let machine = train(data, cost: 10)
    #expect(data.x.withUnsafeBufferPointer { machine.errors($0, labels: data.labels) } == 0)
    let other = points(300, spread: 0.7)
    #expect(other.x.withUnsafeBufferPointer { machine.errors($0, labels: other.labels) } == 0)
  }

  @Test(arguments: [0.01, 0.1, 1])
  func `the weights minimize the objective`(cost: Double) {
    let data = points(60, spread: 3)
    let machine = train(data, cost: cost)
    func objective(_ w: [Double], _ label: Int) -> Double {
      let norm = w.reduce(0) { $0 + $1 * $1 }
      return data.labels.indices.reduce(norm / 2) { sum, index in
        let y = data.labels[index] == Int32(label) ? 1.0 : -1
        let z = w[0] * Double(data.x[2 * index]) + w[1] * Double(data.x[2 * index + 1]) + w[2]
        let slack = max(0, 1 - y * z)
        return sum + cost * slack * slack
      }
    }
    for label in 0..<3 {
      let w = machine.weights[label * 3..<label * 3 + 3].map(Double.init)
      // At the minimum of a differentiable function the gradient is 0.
      let outcome = GradientChecker(step: 1e-4, tolerance: 1e-2 * max(1, cost)).check(
        at: w, analytic: [0, 0, 0]
      ) { objective($0, label) }
      #expect(outcome.isClean, "\(outcome.mismatches)")
    }
  }

  @Test func `training repeats, and ends at its limit`() {
    let data = points(60, spread: 3)
    #expect(train(data, cost: 1).weights == train(data, cost: 1).weights)
    #expect(train(data, cost: 1).passes < 1000)
    let limited = data.x.withUnsafeBufferPointer {
      LinearSVM(
        $0, labels: data.labels, features: 2, classes: 3, cost: 100, tolerance: 0, limit: 3,
        root: root)
    }
    #expect(limited.passes == 3)
  }
}
