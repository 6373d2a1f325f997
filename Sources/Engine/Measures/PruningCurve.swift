import Model

/// How a classifier's accuracy falls when its smallest weights are set to 0 (Kang, Li, Tao, Figure 10):
/// the relative accuracy loss (acc(0) − acc(m))/acc(0) against the pruned fraction m.
package struct PruningCurve: Sendable {
  package struct Point: Equatable, Sendable {
    /// m, the fraction of weights that are set to 0.
    package var fraction: Double
    /// The accuracy without them.
    package var accuracy: Double
    /// What of the accuracy is lost, in relation to that of all weights.
    package var relativeLoss: Double
  }

  /// From no weight to all.
  package var points: [Point] = []

  /// Fractions from 0 to 1 in steps of 0.02.
  package static let usualFractions = (0...50).map { Double($0) / 50 }

  /// Measures the curve of one parameter, whose values are the same afterwards.
  /// - Parameter accuracy: measures the network as it is.
  package init(
    of parameter: Parameter, fractions: [Double] = usualFractions, accuracy: () -> Double
  ) {
    let values = Array(parameter.values)
    let order = values.indices.sorted { a, b in
      let (first, second) = (abs(values[a]), abs(values[b]))
      return first == second ? a < b : first < second
    }
    let whole = accuracy()
    for fraction in fractions {
      let pruned = Int((Double(order.count) * fraction).rounded(.down))
      for index in order[..<pruned] { parameter.values[index] = 0 }
      let remaining = pruned == 0 ? whole : accuracy()
      points.append(
        Point(
          fraction: fraction, accuracy: remaining,
          relativeLoss: whole > 0 ? (whole - remaining) / whole : .nan))
      _ = parameter.values.update(fromContentsOf: values)
    }
  }
}
