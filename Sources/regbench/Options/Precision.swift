import ArgumentParser
import Report
import Runner

/// How exactly the means of a study are to be known: `ci=0.2`, half the width of the 95 % interval
/// in the table's unit.
struct Precision: Equatable, ExpressibleByArgument, Sendable {
  let halfWidth: Double

  init?(argument: String) {
    guard argument.hasPrefix("ci="), let value = Double(argument.dropFirst(3)), value > 0,
      value.isFinite
    else { return nil }
    halfWidth = value
  }

  /// Whether every mean of the tables is known so exactly.
  func isReached(by table: ResultTable) -> Bool {
    table.widestHalfWidth.map { $0 <= halfWidth } ?? false
  }
}

extension Shard: ExpressibleByArgument {
  /// Reads `0/4`.
  package init?(argument: String) { self.init(argument) }
}
