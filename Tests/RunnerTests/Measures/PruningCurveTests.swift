import Engine
import Model
import Study
import Testing

@testable import Runner

@Suite struct PruningCurveTests {
  /// A layer with these weights.
  private func network(_ values: [Float]) throws -> Network {
    let spec = NetworkSpec(
      name: "one", input: FeatureShape(vector: values.count),
      layers: [NamedLayer("l", .dense(DenseSpec(outputs: 1)))])
    let network = try Network(
      spec, capacity: 1, pool: ThreadPool(threads: 1), root: RandomRoot(seed: 1, trial: 1),
      convolution: .automatic, passesInputGradient: false, stopwatch: nil)
    _ = network.parameters[0].values.update(fromContentsOf: values)
    return network
  }

  @Test func `the smallest weights go first, and come back`() throws {
    let values: [Float] = [0.5, -0.1, 2, -3, 0.1, 0, 1, -0.2, 0.3, 4]
    let network = try network(values)
    let weights = network.parameters[0]
    var seen: [[Float]] = []
    let points = PruningCurve.points(of: weights, fractions: [0, 0.25, 0.5, 1]) {
      seen.append(Array(weights.values))
      return weights.values.reduce(0) { $0 + Double(abs($1)) }
    }
    #expect(Array(weights.values) == values)
    #expect(seen[1] == [0.5, 0, 2, -3, 0.1, 0, 1, -0.2, 0.3, 4])
    #expect(seen[2] == [0.5, 0, 2, -3, 0, 0, 1, 0, 0, 4])
    #expect(points.map(\.x) == [0, 0.25, 0.5, 1])
    #expect(points.allSatisfy { $0.curve == "l.weight" })
    #expect(points[0].y == 0 && points[3].y == 1)
    #expect(abs(points[2].y - 0.7 / 11.2) < 1e-6)
  }

  @Test func `fractions go from nothing to all in steps of two per cent`() {
    #expect(PruningCurve.fractions.count == 51)
    #expect(PruningCurve.fractions[1] == 0.02 && PruningCurve.fractions[50] == 1)
  }

  @Test func `a network without accuracy loses nothing that can be told`() throws {
    let network = try network([1, 2])
    let points = PruningCurve.points(of: network.parameters[0], fractions: [0.5]) { 0 }
    #expect(points[0].y.isNaN)
  }
}
