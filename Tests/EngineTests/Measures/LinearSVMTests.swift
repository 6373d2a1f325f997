import Model
import TestSupport
import Testing

@testable import Engine

@Suite struct LinearSVMTests {
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
    _ data: (x: [Float], labels: [Int32]), cost: Double
  ) -> LinearSVM {
    data.x.withUnsafeBufferPointer {
      LinearSVM(
        $0, labels: data.labels, features: 2, classes: 3, cost: cost)
    }
  }

  @Test func `separable classes are separated`() {
    let data = points(90, spread: 0.9)
    let machine = train(data, cost: 10)
    #expect(data.x.withUnsafeBufferPointer { machine.errors($0, labels: data.labels) } == 0)
    let other = points(300, spread: 0.7)
    #expect(other.x.withUnsafeBufferPointer { machine.errors($0, labels: other.labels) } == 0)
  }

  @Test(arguments: [0.01, 0.1, 1, 10, 100])
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

  /// Codes of an autoencoder are such: many numbers of one sign that hang together. The optimum is
  /// where the gradient, computed here sample by sample, is nothing beside that of the start.
  @Test(arguments: [0.01, 1, 10, 1000])
  func `training converges on many correlated features`(cost: Double) {
    let (count, features, classes) = (600, 50, 5)
    let shared = TestNumbers.uniform(count * 3, "shared", in: 0...1)
    let own = TestNumbers.uniform(count * features, "own", in: 0...1)
    var x: [Float] = []
    for sample in 0..<count {
      for feature in 0..<features {
        let common =
          shared[3 * sample + feature % 3] + (feature % classes == sample % classes ? 0.1 : 0)
        x.append(Float(0.7 * common + 0.3 * own[sample * features + feature]))
      }
    }
    let labels = (0..<count).map { Int32($0 % classes) }
    let machine = x.withUnsafeBufferPointer {
      LinearSVM($0, labels: labels, features: features, classes: classes, cost: cost)
    }
    #expect(machine.steps < 60, "\(machine.steps)")
    func gradient(_ w: [Double], _ label: Int) -> [Double] {
      var gradient = w
      for sample in 0..<count {
        let row = x[sample * features..<(sample + 1) * features].map(Double.init) + [1]
        let y = labels[sample] == Int32(label) ? 1.0 : -1
        let slack = 1 - y * zip(w, row).reduce(0) { $0 + $1.0 * $1.1 }
        guard slack > 0 else { continue }
        for index in row.indices { gradient[index] -= 2 * cost * slack * y * row[index] }
      }
      return gradient
    }
    func norm(_ a: [Double]) -> Double { a.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    for label in 0..<classes {
      let own = machine.weights[label * (features + 1)..<(label + 1) * (features + 1)].map(
        Double.init)
      let start = gradient(own.map { _ in 0 }, label)
      #expect(norm(gradient(own, label)) < 1e-5 * norm(start), "class \(label)")
    }
  }

  @Test func `training repeats, and ends at its limit`() {
    let data = points(60, spread: 3)
    #expect(train(data, cost: 1).weights == train(data, cost: 1).weights)
    #expect((1..<50).contains(train(data, cost: 1).steps))
    let limited = data.x.withUnsafeBufferPointer {
      LinearSVM(
        $0, labels: data.labels, features: 2, classes: 3, cost: 100, tolerance: 0, limit: 3)
    }
    #expect(limited.steps == 3)
  }
}
