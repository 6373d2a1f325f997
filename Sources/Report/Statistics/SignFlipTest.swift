/// The exact one-sided sign-flip test: were there no difference, each paired difference could as
/// well have the other sign.
package struct SignFlipTest: Sendable, Equatable {
  /// More pairs than this are not enumerated.
  package static let mostPairs = 20

  /// The share of the 2ⁿ sign patterns whose sum is at least the observed one.
  package var p: Double
  /// The smallest p that differences of these sizes could give: 2⁻ⁿ, or more where some are 0.
  package var smallestAttainable: Double

  /// Tests whether `differences` lie above 0; nil for none, or for more than `mostPairs`.
  package init?(_ differences: [Double]) {
    let count = differences.count
    guard (1...Self.mostPairs).contains(count) else { return nil }
    let sizes = differences.map(abs)
    let patterns = 1 << count
    // Sums of the same sizes in another order differ in the last bits; that is no difference.
    let tolerance = sizes.reduce(0, +) * 1e-9
    let observed = differences.reduce(0, +) - tolerance
    var sum = -sizes.reduce(0, +)
    var positive = [Bool](repeating: false, count: count)
    var atLeast = sum >= observed ? 1 : 0
    // Gray's order: each pattern differs from the one before in the sign of one difference.
    for pattern in 1..<patterns {
      let flipped = pattern.trailingZeroBitCount
      positive[flipped].toggle()
      sum += positive[flipped] ? 2 * sizes[flipped] : -2 * sizes[flipped]
      if sum >= observed { atLeast += 1 }
    }
    p = Double(atLeast) / Double(patterns)
    smallestAttainable = Double(1 << sizes.count { $0 == 0 }) / Double(patterns)
  }
}
