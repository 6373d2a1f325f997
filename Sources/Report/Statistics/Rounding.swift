import Glibc
import Study

extension Statistics {
  /// The standard deviation that rounding to multiples of `step` alone gives a value, that of a number
  /// anywhere within a step: results that come out equal by it are not free of error.
  package static func roundingDeviation(step: Double) -> Double { step / 12.0.squareRoot() }
}

extension Metric {
  /// The step between two values that a run can have: an error is a share of so many images. 0 where
  /// there is no such step.
  func resolution(testImages: Int?) -> Double {
    guard self == .testError || self == .testAccuracy, let testImages, testImages > 0 else {
      return 0
    }
    return 100 / Double(testImages)
  }
}
