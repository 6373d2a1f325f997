import Model

/// A linear support vector machine for each class against the rest, with squared hinge loss: minimizes
/// ½‖w‖² + C·Σ max(0, 1 − y·w·x)² by Newton's method (see `SquaredHingeProblem`). Every sample has a
/// constant feature of 1 for the bias, which is part of w.
package struct LinearSVM: Sendable {
  /// Numbers of a sample.
  package let features: Int
  package let classes: Int
  /// Weights with the bias behind them, classes × (features + 1).
  package private(set) var weights: [Float]
  /// Steps of Newton's method that the slowest class took.
  package private(set) var steps = 0

  /// Trains on samples × features numbers.
  /// - Parameters:
  ///   - labels: one for each sample, 0 ..< classes.
  ///   - cost: C.
  ///   - tolerance: training ends when the objective's gradient is so small in relation to that at 0.
  ///   - limit: steps for each class at most.
  package init(
    _ samples: UnsafeBufferPointer<Float>, labels: [Int32], features: Int, classes: Int,
    cost: Double, tolerance: Double = 1e-6, limit: Int = 200
  ) {
    precondition(samples.count == labels.count * features, "a sample has \(features) features")
    self.features = features
    self.classes = classes
    weights = []
    guard let base = samples.baseAddress, !labels.isEmpty else {
      weights = Array(repeating: 0, count: classes * (features + 1))
      return
    }
    let problem = SquaredHingeProblem(
      x: base, count: labels.count, features: features, cost: cost)
    for label in 0..<classes {
      let signs = labels.map { $0 == Int32(label) ? 1.0 : -1 }
      let solution = problem.solve(signs, tolerance: tolerance, limit: limit)
      weights += solution.weights.map { Float($0) }
      steps = max(steps, solution.steps)
    }
  }

  /// The class with the largest w·x; the lowest wins ties.
  package func label(_ sample: UnsafePointer<Float>) -> Int32 {
    var (best, largest) = (0, -Float.infinity)
    for label in 0..<classes {
      let value = weights.withUnsafeBufferPointer { all -> Float in
        guard let w = all.baseAddress.map({ $0 + label * (features + 1) }) else { return 0 }
        return innerProduct(w, sample, features) + w[features]
      }
      if value > largest { (best, largest) = (label, value) }
    }
    return Int32(best)
  }

  /// How many of some samples get another label than theirs.
  package func errors(_ samples: UnsafeBufferPointer<Float>, labels: [Int32]) -> Int {
    guard let base = samples.baseAddress else { return 0 }
    return labels.indices.count { label(base + $0 * features) != labels[$0] }
  }
}
