import Model

/// A linear support vector machine for each class against the rest, with squared hinge loss: minimizes
/// ½‖w‖² + C·Σ max(0, 1 − y·w·x)², by dual coordinate descent (Hsieh et al. 2008, algorithm 1). Every
/// sample has a constant feature of 1 for the bias, which is part of w.
public struct LinearSVM: Sendable {
  /// Numbers of a sample.
  public let features: Int
  /// Classes.
  public let classes: Int
  /// Weights with the bias behind them, classes × (features + 1).
  public private(set) var weights: [Float]
  /// Passes over the samples that the slowest class took.
  public private(set) var passes = 0

  /// Trains on samples × features numbers.
  /// - Parameters:
  ///   - labels: one for each sample, 0 ..< classes.
  ///   - cost: C.
  ///   - tolerance: training ends when no projected gradient of a pass was larger.
  ///   - limit: passes at most.
  ///   - root: decides the order of samples.
  public init(
    _ samples: UnsafeBufferPointer<Float>, labels: [Int32], features: Int, classes: Int,
    cost: Double, tolerance: Double = 0.01, limit: Int = 1000, root: RandomRoot
  ) {
    precondition(samples.count == labels.count * features, "a sample has \(features) features")
    self.features = features
    self.classes = classes
    weights = Array(repeating: 0, count: classes * (features + 1))
    guard let base = samples.baseAddress, !labels.isEmpty else { return }
    let problem = Problem(
      x: base, count: labels.count, features: features, diagonal: Float(1 / (2 * cost)))
    for label in 0..<classes {
      let signs = labels.map { $0 == Int32(label) ? Float(1) : -1 }
      let own = label * (features + 1)..<(label + 1) * (features + 1)
      weights.withUnsafeMutableBufferPointer { all in
        let w = UnsafeMutableBufferPointer(rebasing: all[own])
        passes = max(
          passes,
          problem.solve(
            signs, into: w, tolerance: Float(tolerance), limit: limit,
            stream: root.stream(.order, "svm.\(label)")))
      }
    }
  }

  /// The class with the largest w·x; the lowest wins ties.
  public func label(_ sample: UnsafePointer<Float>) -> Int32 {
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
  public func errors(_ samples: UnsafeBufferPointer<Float>, labels: [Int32]) -> Int {
    guard let base = samples.baseAddress else { return 0 }
    return labels.indices.count { label(base + $0 * features) != labels[$0] }
  }
}

/// One class against the rest.
private struct Problem {
  let x: UnsafePointer<Float>
  let count: Int
  let features: Int
  /// 1/(2C).
  let diagonal: Float

  /// Descends until no projected gradient of a pass exceeds the tolerance; returns the passes.
  func solve(
    _ signs: [Float], into w: UnsafeMutableBufferPointer<Float>, tolerance: Float, limit: Int,
    stream: RandomStream
  ) -> Int {
    guard let weights = w.baseAddress else { return 0 }
    var alpha = [Float](repeating: 0, count: count)
    let norms = (0..<count).map { sample in
      innerProduct(x + sample * features, x + sample * features, features) + 1 + diagonal
    }
    for pass in 0..<limit {
      let order = Permutation.random(count: count, stream: stream, position: UInt64(pass))
      var largest: Float = 0
      for sample in order {
        let (row, y, old) = (x + sample * features, signs[sample], alpha[sample])
        let product = innerProduct(row, weights, features) + weights[features]
        let gradient = y * product - 1 + diagonal * old
        let projected = old == 0 ? min(gradient, 0) : gradient
        largest = max(largest, abs(projected))
        guard projected != 0 else { continue }
        alpha[sample] = max(old - gradient / norms[sample], 0)
        let change = (alpha[sample] - old) * y
        for feature in 0..<features { weights[feature] += change * row[feature] }
        weights[features] += change
      }
      if largest <= tolerance { return pass + 1 }
    }
    return limit
  }
}
