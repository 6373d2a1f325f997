/// How far two arrays are apart.
package enum Agreement {
  /// The largest |a − b| relative to the larger of 1 and |b|; infinite where lengths differ or a
  /// value is not a number.
  package static func error(_ a: [Double], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).reduce(0) { worst, pair in
      let error = abs(pair.0 - pair.1) / max(1, abs(pair.1))
      return error.isNaN ? .infinity : max(worst, error)
    }
  }

  /// The same for numbers in Float.
  package static func error(_ a: some Sequence<Float>, _ b: [Double]) -> Double {
    error(a.map(Double.init), b)
  }

  /// The largest |a − b| relative to the largest |b| (at least 1): the measure for algorithms that
  /// round sums of neighbours together.
  package static func errorOfLargest(_ a: [Float], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    let largest = b.reduce(1) { max($0, abs($1)) }
    return zip(a, b).reduce(0) { worst, pair in
      let error = abs(Double(pair.0) - pair.1) / largest
      return error.isNaN ? .infinity : max(worst, error)
    }
  }
}
