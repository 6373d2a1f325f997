import ArgumentParser
import Canonical

/// A length of time on the command line: `90s`, `30m`, `1.5h`, `2d`. A bare number is refused, since
/// people mean different units by it; 0 needs none.
struct TimeSpan: Equatable, ExpressibleByArgument {
  let seconds: Double

  init(seconds: Double) { self.seconds = seconds }

  init?(argument: String) {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    let unit = argument.last.flatMap { units[$0] }
    let number = unit == nil ? argument[...] : argument.dropLast()
    guard let value = Double(number), value >= 0, unit != nil || value == 0 else { return nil }
    seconds = value * (unit ?? 1)
    guard seconds <= Self.longest else { return nil }
  }

  /// A thousand days; longer times are mistakes.
  private static let longest = 1000.0 * 86_400

  /// What to tell a user who typed something else.
  static func advice(insteadOf typed: String) -> String {
    let number = Double(typed) == nil ? "90" : typed
    if let time = Double(typed) ?? Double(typed.dropLast()), !(0...longest).contains(time) {
      return "a time lies between 0s and 1000d"
    }
    return "a time has a unit: \(number)s for seconds, \(number)m, \(number)h or \(number)d"
  }

  var defaultValueDescription: String { "\(seconds.shortestText)s" }
}
