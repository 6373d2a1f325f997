/// One class against the rest: minimizes ½‖w‖² + C·Σ max(0, 1 − y·w·x)² over w, whose last number is
/// the bias.
///
/// The objective is convex, its gradient continuous, and it is quadratic between the places where a
/// sample's margin passes 1, so that Newton's method with an exact line search ends after few steps
/// whatever C is (Keerthi and DeCoste 2005; the truncated form is that of Lin, Weng and Keerthi 2008).
/// Each step's linear system is solved by conjugate gradients, which only look at the samples inside
/// the margin. Sums are taken in double precision and in a fixed order.
struct SquaredHingeProblem {
  /// Samples × features numbers.
  let x: UnsafePointer<Float>
  /// Samples.
  let count: Int
  /// Numbers of a sample.
  let features: Int
  /// C.
  let cost: Double

  /// Conjugate gradients of one step at most.
  private static let innerLimit = 2000
  /// Trials of one line search at most.
  private static let searchLimit = 60

  /// Minimizes from w = 0.
  /// - Parameters:
  ///   - signs: y, 1 or −1 for each sample.
  ///   - tolerance: ends when ‖gradient‖ is at most this times that at 0.
  ///   - limit: steps at most.
  func solve(
    _ signs: [Double], tolerance: Double, limit: Int
  ) -> (weights: [Double], steps: Int) {
    var w = [Double](repeating: 0, count: features + 1)
    var start = 0.0
    for step in 0..<limit {
      let z = products(w)
      let active = (0..<count).filter { signs[$0] * z[$0] < 1 }
      let gradient = gradient(at: w, z, signs, active)
      let size = norm(gradient)
      if step == 0 { start = size }
      if size <= tolerance * start { return (w, step) }
      let direction = newton(
        gradient, active, accuracy: min(0.1, (size / start).squareRoot()))
      let length = lineSearch(from: w, z, along: direction, signs)
      // Nothing is left to gain within the precision of numbers.
      guard length > 0 else { return (w, step) }
      for index in w.indices { w[index] += length * direction[index] }
    }
    return (w, limit)
  }

  /// w·x of every sample.
  private func products(_ w: [Double]) -> [Double] {
    w.withUnsafeBufferPointer { w in
      guard let base = w.baseAddress else { return [] }
      return (0..<count).map { mixedProduct(x + $0 * features, base, features) + w[features] }
    }
  }

  /// w − 2C·Σ (1 − y·w·x)·y·x over the samples inside the margin.
  private func gradient(
    at w: [Double], _ z: [Double], _ signs: [Double], _ active: [Int]
  ) -> [Double] {
    var gradient = w
    gradient.withUnsafeMutableBufferPointer { gradient in
      guard let base = gradient.baseAddress else { return }
      for sample in active {
        let factor = -2 * cost * (signs[sample] - z[sample])
        addScaled(x + sample * features, factor, to: base, features)
        base[features] += factor
      }
    }
    return gradient
  }

  /// The direction d with (1 + 2C·Σ x·xᵀ)·d = −gradient, up to a residual of `accuracy`·‖gradient‖, by
  /// conjugate gradients with the diagonal as preconditioner.
  private func newton(_ gradient: [Double], _ active: [Int], accuracy: Double) -> [Double] {
    let diagonal = diagonal(active)
    var direction = [Double](repeating: 0, count: features + 1)
    var residual = gradient.map { -$0 }
    let target = accuracy * norm(gradient)
    var scaled = zip(residual, diagonal).map { $0 / $1 }
    var search = scaled
    var energy = dot(residual, scaled)
    for _ in 0..<Self.innerLimit {
      if norm(residual) <= target { break }
      let curved = curvature(search, active)
      let length = energy / dot(search, curved)
      for index in direction.indices {
        direction[index] += length * search[index]
        residual[index] -= length * curved[index]
        scaled[index] = residual[index] / diagonal[index]
      }
      let next = dot(residual, scaled)
      for index in search.indices {
        search[index] = scaled[index] + next / energy * search[index]
      }
      energy = next
    }
    return direction
  }

  /// (1 + 2C·Σ x·xᵀ)·p over the samples inside the margin.
  private func curvature(_ p: [Double], _ active: [Int]) -> [Double] {
    var result = p
    result.withUnsafeMutableBufferPointer { result in
      p.withUnsafeBufferPointer { p in
        guard let target = result.baseAddress, let source = p.baseAddress else { return }
        for sample in active {
          let row = x + sample * features
          let factor = 2 * cost * (mixedProduct(row, source, features) + source[features])
          addScaled(row, factor, to: target, features)
          target[features] += factor
        }
      }
    }
    return result
  }

  private func diagonal(_ active: [Int]) -> [Double] {
    var squares = [Double](repeating: 0, count: features + 1)
    for sample in active {
      let row = x + sample * features
      for feature in 0..<features {
        squares[feature] += Double(row[feature]) * Double(row[feature])
      }
    }
    squares[features] = Double(active.count)
    return squares.map { 1 + 2 * cost * $0 }
  }

  /// The length t ≥ 0 at which the objective on w + t·direction is least: the zero of its derivative,
  /// which rises and is linear between the samples' margins, by Newton's method inside a bracket.
  private func lineSearch(
    from w: [Double], _ z: [Double], along direction: [Double], _ signs: [Double]
  ) -> Double {
    let q = products(direction)
    let (linear, quadratic) = (dot(w, direction), dot(direction, direction))
    func slope(_ t: Double) -> (value: Double, rise: Double) {
      var (value, rise) = (linear + t * quadratic, quadratic)
      for sample in 0..<count {
        let rest = 1 - signs[sample] * (z[sample] + t * q[sample])
        guard rest > 0 else { continue }
        value -= 2 * cost * rest * signs[sample] * q[sample]
        rise += 2 * cost * q[sample] * q[sample]
      }
      return (value, rise)
    }
    let first = slope(0).value
    guard first < 0 else { return 0 }
    var (low, high) = (0.0, Double.infinity)
    var t = 1.0
    for _ in 0..<Self.searchLimit {
      let (value, rise) = slope(t)
      if abs(value) <= 1e-9 * abs(first) { break }
      if value < 0 { low = t } else { high = t }
      let next = t - value / rise
      if next > low, next < high {
        t = next
      } else {
        t = high < .infinity ? (low + high) / 2 : 2 * t
      }
    }
    return t
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }

  private func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }
}

/// Σ a·b of single and double precision, eight lanes at a time.
private func mixedProduct(
  _ a: UnsafePointer<Float>, _ b: UnsafePointer<Double>, _ count: Int
) -> Double {
  var sum = SIMD8<Double>.zero
  var index = 0
  while index + 8 <= count {
    let left = SIMD8<Double>(load(a + index))
    sum += left * UnsafeRawPointer(b + index).loadUnaligned(as: SIMD8<Double>.self)
    index += 8
  }
  var total = 0.0
  for lane in 0..<8 { total += sum[lane] }
  while index < count {
    total += Double(a[index]) * b[index]
    index += 1
  }
  return total
}

/// target += factor·a.
private func addScaled(
  _ a: UnsafePointer<Float>, _ factor: Double, to target: UnsafeMutablePointer<Double>, _ count: Int
) {
  for index in 0..<count { target[index] += factor * Double(a[index]) }
}
