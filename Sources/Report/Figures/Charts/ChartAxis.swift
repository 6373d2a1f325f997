import Glibc
import Study

extension ChartAxis {
  /// The axis of a chart with these values: its range and its marks, as many as there is room for.
  func fitted(to values: [Double], width: Double) -> FittedAxis {
    fitted(to: values, count: max(2, Int(width / 72)))
  }

  /// The same for a vertical axis.
  func fitted(to values: [Double], height: Double) -> FittedAxis {
    fitted(to: values, count: max(3, Int(height / 40)))
  }

  private func fitted(to values: [Double], count: Int) -> FittedAxis {
    let finite = (values + includes).filter { $0.isFinite && (scale == .linear || $0 > 0) }
    var low = finite.min() ?? (scale == .linear ? 0 : 1)
    var high = finite.max() ?? (scale == .linear ? 1 : 10)
    switch scale {
    case .linear:
      if low == high {
        let room = low == 0 ? 1 : abs(low) * 0.1
        (low, high) = (low - room, high + room)
      }
      let room = (high - low) * 0.05
      // What must be visible may lie on the edge: nothing is beyond it.
      if !includes.contains(low) { low -= room }
      if !includes.contains(high) { high += room }
    case .logarithmic:
      if low == high { (low, high) = (low / 2, high * 2) }
      let room = pow(high / low, 0.05)
      (low, high) = (low / room, high * room)
    }
    let ticks: TickMarks
    switch (marks.isEmpty, scale) {
    case (false, _): ticks = .at(marks.filter { $0 >= low && $0 <= high })
    case (true, .linear): ticks = .linear(low...high, count: count)
    case (true, .logarithmic): ticks = .logarithmic(low...high, count: count)
    }
    return FittedAxis(scale: scale, range: low...high, ticks: ticks.ticks)
  }

  /// A logarithmic scale where positive values span more than `ratio`, otherwise a linear one.
  static func scale(for values: [Double], ratio: Double) -> Scale {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), low > 0 else { return .linear }
    return high / low > ratio ? .logarithmic : .linear
  }
}

/// An axis whose range is known.
struct FittedAxis {
  /// How values become places.
  var scale: ChartAxis.Scale
  /// What is shown.
  var range: ClosedRange<Double>
  var ticks: [TickMarks.Tick]

  /// The place of a value: 0 at the lower end, 1 at the upper; what a logarithm does not have lies
  /// at the lower end.
  func place(_ value: Double) -> Double {
    switch scale {
    case .linear: return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    case .logarithmic:
      guard value > 0 else { return 0 }
      return log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
    }
  }
}
