import Canonical
import Study

/// The rows of a table by the number in which they differ: a numeric axis, or a hyper-parameter.
struct SweptGroups {
  /// What varies, as a label.
  var parameter: String
  /// Lines of a chart: rows that differ in the number alone.
  var lines: [Line]

  /// One of them.
  struct Line {
    /// What the legend calls it.
    var name: String
    /// Which colour and mark.
    var index: Int
    /// The combination of the other axes that it belongs to.
    var axes: [AxisValue]
    /// By the number.
    var points: [(value: Double, group: ResultGroup)]
  }

  /// Finds what varies: the first axis whose values are all numbers, other than the size of the
  /// training set; else the first hyper-parameter with several values over the arms.
  init?(_ source: FigureSource) {
    let groups = source.table.groups
    let axis = source.study.axes.first { axis in
      axis.key != "trainSize" && axis.values.count > 1
        && axis.values.allSatisfy { Double($0) != nil }
    }
    if let axis {
      parameter = source.study.axisLabel(axis.key) ?? ParameterName.long(axis.key)
      lines = Self.lines(groups) { group in
        let value = group.axes.first { $0.key == axis.key }.flatMap { Double($0.value) }
        let others = group.axes.filter { $0.key != axis.key }
        // With one arm a second axis has the lines.
        if source.study.arms.count == 1, let line = Self.only(source.varying(others)) {
          return value.map { ($0, source.text([line]), others.filter { $0 != line }) }
        }
        return value.map { ($0, group.arm, others) }
      }
      return
    }
    let names = groups.flatMap { $0.hyperparameters.map(\.name) }.unique
    let name = names.first { name in
      Set(groups.compactMap { $0.hyperparameters.first { $0.name == name }?.value }).count > 2
    }
    guard let name else { return nil }
    parameter = ParameterName.long(name)
    lines = Self.lines(groups) { group in
      let value = group.hyperparameters.first { $0.name == name }?.value
      return value.map { ($0, Self.withoutNumber(group.arm), group.axes) }
    }
  }

  private static func only(_ axes: [AxisValue]) -> AxisValue? {
    axes.count == 1 ? axes[0] : nil
  }

  /// `L2 λ = 0.001` is a point of the line `L2 λ`.
  static func withoutNumber(_ arm: String) -> String {
    let separators: Set<Character> = [" ", "="]
    let last = arm.split { separators.contains($0) }.last ?? ""
    guard Double(last) != nil else { return arm }
    var name = arm.dropLast(last.count)
    while let end = name.last, separators.contains(end) { name.removeLast() }
    return name.isEmpty ? arm : String(name)
  }

  private static func lines(
    _ groups: [ResultGroup],
    _ place: (ResultGroup) -> (value: Double, name: String, axes: [AxisValue])?
  ) -> [Line] {
    var lines: [Line] = []
    var names: [String] = []
    for group in groups where !group.runs.isEmpty {
      guard let place = place(group) else { continue }
      if !names.contains(place.name) { names.append(place.name) }
      if let index = lines.firstIndex(where: { $0.name == place.name && $0.axes == place.axes }) {
        lines[index].points.append((place.value, group))
      } else {
        lines.append(
          Line(
            name: place.name, index: names.firstIndex(of: place.name) ?? 0, axes: place.axes,
            points: [(place.value, group)]))
      }
    }
    for index in lines.indices { lines[index].points.sort { $0.value < $1.value } }
    return lines
  }

  /// The combinations of the other axes, in the order of the study.
  var combinations: [[AxisValue]] {
    lines.map(\.axes).unique
  }
}
