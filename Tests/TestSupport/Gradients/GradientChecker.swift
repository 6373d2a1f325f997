/// Compares gradients with central differences.
package struct GradientChecker {
  /// Half the distance between the two points of a difference.
  package var step: Double
  /// The largest allowed |numeric − analytic|, relative to the larger of 1 and their magnitudes.
  package var tolerance: Double

  /// 10⁻⁵ suits losses computed in Double; losses that pass through Float need about 10⁻².
  package init(step: Double = 1e-5, tolerance: Double = 1e-6) {
    self.step = step
    self.tolerance = tolerance
  }

  /// A coordinate at which the two gradients differ.
  package struct Mismatch: CustomStringConvertible {
    /// Its number.
    package var index: Int
    /// The central difference.
    package var numeric: Double
    /// The gradient under test.
    package var analytic: Double
    /// For a test's message.
    package var description: String { "[\(index)] numeric \(numeric), analytic \(analytic)" }
  }

  /// What a check found.
  package struct Outcome {
    /// Coordinates that differ.
    package var mismatches: [Mismatch] = []
    /// Coordinates compared.
    package var compared = 0
    /// Coordinates left out because the loss has a kink near them.
    package var excluded = 0
    /// Whether there was something to compare and all of it agreed.
    package var isClean: Bool { mismatches.isEmpty && compared > 0 }
  }

  /// Checks `analytic`, the gradient of `loss` at `point`. Coordinates for which `hasKink` says
  /// that the loss is not smooth within a step are left out and counted.
  package func check(
    at point: [Double], analytic: [Double], hasKink: (Int) -> Bool = { _ in false },
    loss: ([Double]) -> Double
  ) -> Outcome {
    precondition(point.count == analytic.count, "a gradient has a number for each coordinate")
    var outcome = Outcome()
    var moved = point
    for index in point.indices {
      if hasKink(index) {
        outcome.excluded += 1
        continue
      }
      moved[index] = point[index] + step
      let above = loss(moved)
      moved[index] = point[index] - step
      let below = loss(moved)
      moved[index] = point[index]
      let numeric = (above - below) / (2 * step)
      let scale = max(1, abs(numeric), abs(analytic[index]))
      outcome.compared += 1
      // Written so that not-a-number is a mismatch.
      if !(abs(numeric - analytic[index]) <= tolerance * scale) {
        outcome.mismatches.append(
          Mismatch(index: index, numeric: numeric, analytic: analytic[index]))
      }
    }
    return outcome
  }
}
