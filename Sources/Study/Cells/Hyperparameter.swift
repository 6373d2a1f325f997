import Canonical

/// A number that a regularizer is set to, by the name that the config gives it.
package struct Hyperparameter: Hashable, Sendable {
  /// The key, for example `drop`; with its regularizer's name in front where one arm has it twice.
  package let name: String
  package let value: Double

  /// Joins a name and a value.
  package init(name: String, value: Double) {
    self.name = name
    self.value = value
  }

  /// `drop=0.4`.
  package var text: String { "\(name)=\(value.shortestText)" }

  /// For people: four significant digits.
  var shortText: String { "\(name)=\(Self.rounded(value, digits: 4).shortestText)" }

  /// `value` rounded to a number of significant decimal digits.
  static func rounded(_ value: Double, digits: Int) -> Double {
    guard value.isFinite, value != 0 else { return value }
    // Scaling by powers of ten up to 10²² is exact; beyond that the value is printed as it is.
    var scale = 1.0
    var shift = 0
    let limit = (0..<digits).reduce(1.0) { product, _ in product * 10 }
    while abs(value) * scale < limit / 10, shift < 22 {
      scale *= 10
      shift += 1
    }
    guard shift < 22, abs(value) * scale < limit * 10 else { return value }
    return (value * scale).rounded() / scale
  }
}
