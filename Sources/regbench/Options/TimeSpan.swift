import ArgumentParser
import Canonical

/// A length of time on the command line: `90s`, `30m`, `1.5h`, `2d`; a bare number is seconds.
struct TimeSpan: Equatable, ExpressibleByArgument {
  let seconds: Double

  init(seconds: Double) { self.seconds = seconds }

  init?(argument: String) {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    let unit = argument.last.flatMap { units[$0] }
    let number = unit == nil ? argument[...] : argument.dropLast()
    guard let value = Double(number), value.isFinite, value >= 0 else { return nil }
    seconds = value * (unit ?? 1)
  }

  var defaultValueDescription: String { "\(seconds.shortestText)s" }
}
