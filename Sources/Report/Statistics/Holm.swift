import Study

extension Statistics {
  /// The p-values adjusted for a family of `count` tests by Holm's step-down rule, in the order given:
  /// the smallest is multiplied by their number, the next by one less, and so on, never falling and
  /// never above 1. Tests of the family without a value count as not significant. Comparing them with
  /// a level keeps the chance of any false finding below it.
  package static func holm(_ values: [Double], of count: Int) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var adjusted = values
    var floor = 0.0
    for (rank, index) in order.enumerated() {
      floor = max(floor, min(1, values[index] * Double(max(count, values.count) - rank)))
      adjusted[index] = floor
    }
    return adjusted
  }
}
