extension Statistics {
  /// The p-values adjusted for their number by Holm's step-down rule, in the order given: the
  /// smallest is multiplied by their number, the next by one less, and so on, never falling and
  /// never above 1. Comparing them with a level keeps the chance of any false finding below it.
  package static func holm(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var adjusted = values
    var floor = 0.0
    for (rank, index) in order.enumerated() {
      floor = max(floor, min(1, values[index] * Double(values.count - rank)))
      adjusted[index] = floor
    }
    return adjusted
  }
}
