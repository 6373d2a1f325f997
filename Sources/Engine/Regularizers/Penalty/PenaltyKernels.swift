import Model

/// What each kind of penalty does to weights.
extension WeightPenalty.Kind {
  /// Adds λ·∂Ω/∂w to a block's gradient, before the optimizer's step.
  func addGradient(of block: ParameterBlock, lambda: Double) {
    switch self {
    case .squared(let factor):
      addScaled(block.values, Float(factor * lambda), to: block.gradient, block.count)
    case .absolute: addSigns(block.values, Float(lambda), to: block.gradient, block.count)
    case .absoluteProximal: break
    }
  }

  /// Whether the weights move after the optimizer's step.
  var isProximal: Bool {
    switch self {
    case .squared, .absolute: false
    case .absoluteProximal: true
    }
  }

  /// Moves a block's weights after the optimizer's step.
  /// - Parameter threshold: the learning rate times λ, above 0.
  func step(_ block: ParameterBlock, threshold: Double) {
    switch self {
    case .squared, .absolute: break
    case .absoluteProximal: softThreshold(block.values, Float(threshold), block.count)
    }
  }

  /// Σ|∂Ω/∂w| over weights.
  /// - Parameters:
  ///   - size: Σ|w|.
  ///   - nonzero: how many weights are not 0; sgn 0 = 0.
  func gradientSize(size: Double, nonzero: Double) -> Double {
    switch self {
    case .squared(let factor): factor * size
    case .absolute, .absoluteProximal: nonzero
    }
  }
}

/// target += factor·w.
func addScaled(
  _ w: UnsafePointer<Float>, _ factor: Float, to target: UnsafeMutablePointer<Float>, _ count: Int
) {
  for i in 0..<count { target[i] = target[i].addingProduct(factor, w[i]) }
}

/// target += factor·sgn w, with sgn 0 = 0.
func addSigns(
  _ w: UnsafePointer<Float>, _ factor: Float, to target: UnsafeMutablePointer<Float>, _ count: Int
) {
  for i in 0..<count { target[i] += w[i] > 0 ? factor : w[i] < 0 ? -factor : 0 }
}

/// w ← sgn w · max(|w| − threshold, 0); not-a-number stays.
func softThreshold(_ w: UnsafeMutablePointer<Float>, _ threshold: Float, _ count: Int) {
  for i in 0..<count {
    let rest = w[i] - (w[i] < 0 ? -threshold : threshold)
    w[i] = abs(w[i]) <= threshold ? 0 : rest
  }
}

/// Σ|x|, in Float within short runs and in Double over them.
func absoluteSum(_ x: UnsafePointer<Float>, _ count: Int) -> Double {
  var total = 0.0
  for start in stride(from: 0, to: count, by: 512) {
    let end = min(start + 512, count)
    var sum = Vector.zero
    var index = start
    while index < end {
      let value = load(x + index, first: min(8, end - index))
      sum += value.replacing(with: -value, where: value .< 0)
      index += 8
    }
    for lane in 0..<8 { total += Double(sum[lane]) }
  }
  return total
}
