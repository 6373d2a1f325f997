import Canonical
import Study

/// The search for hyper-parameters as pictures for a page: the error of every candidate over each
/// hyper-parameter, what was chosen, and where the grid ends.
enum SearchChart {
  /// A drawing for each arm and each of its hyper-parameters of which several values were tried; one for
  /// each value of the axes but the last, whose values are its lines.
  static func all(of table: ResultTable) -> [String] {
    let arms = table.candidates.map(\.arm).unique
    return arms.flatMap { arm -> [String] in
      let grids = table.candidates.filter { $0.arm == arm }
      let panels = grids.map { Array($0.axes.dropLast()) }.unique
      return panels.flatMap { axes -> [String] in
        let own = grids.filter { Array($0.axes.dropLast()) == axes }
        return names(own).compactMap { name in
          chart(arm, name, panels.count > 1 ? FigureSource.place(axes) : "", own, table.study)
            .map { ChartDrawing($0).svg }
        }
      }
    }
  }

  private static func names(_ grids: [SelectionGrid]) -> [String] {
    grids.flatMap { $0.candidates.flatMap { $0.hyperparameters.map(\.name) } }.unique
  }

  private static func chart(
    _ arm: String, _ name: String, _ place: String, _ grids: [SelectionGrid], _ study: StudySpec
  ) -> Chart? {
    var layers: [Chart.Layer] = []
    var ends: [[Double]] = []
    var atEdge: [String] = []
    for (index, grid) in grids.enumerated() {
      let points = points(grid, name)
      let values = Set(points.map(\.x)).sorted()
      guard values.count > 1, let least = values.first, let most = values.last else { continue }
      let label = grid.axes.last.map { FigureSource.place([$0]) } ?? arm
      ends.append([least, most])
      layers.append(Chart.Layer(index: index, form: .dots, points: points))
      let best = values.compactMap { value in
        points.filter { $0.x == value }.min { $0.y < $1.y }
      }
      layers.append(Chart.Layer(name: label, index: index, form: .line, points: best))
      if let chosen = grid.chosen, let error = chosen.error,
        let value = chosen.hyperparameters.first(where: { $0.name == name })?.value
      {
        layers.append(
          Chart.Layer(index: index, form: .rings, points: [Chart.Point(value, error)]))
        if value == least || value == most {
          atEdge.append("\(label) (\(ResultTable.hyperparameterText(value)))")
        }
      }
    }
    guard !layers.isEmpty else { return nil }
    let words = ParameterName.long(name)
    let points = layers.flatMap(\.points)
    let shared = ends.allSatisfy { $0 == ends[0] } ? ends[0] : []
    return Chart(
      title: ["\(arm): search over the \(words)", place].filter { !$0.isEmpty }
        .joined(separator: ", "),
      x: ChartAxis(label: words, scale: ChartAxis.scale(for: points.map(\.x), ratio: 20)),
      y: ChartAxis(
        label: "\(study.selectOn.errorName) (%)",
        scale: ChartAxis.scale(for: points.map(\.y), ratio: 6)), layers: layers,
      verticals: shared.map { ($0, "end of the grid") },
      notes: ["Dots: candidates, one run each. Lines: the best at each value. Rings: chosen."]
        + (atEdge.isEmpty
          ? []
          : [
            "Chosen at the end of the grid, so a better value may lie beyond it: "
              + atEdge.joined(separator: ", ") + "."
          ]))
  }

  private static func points(_ grid: SelectionGrid, _ name: String) -> [Chart.Point] {
    grid.candidates.compactMap { candidate in
      guard let error = candidate.error,
        let value = candidate.hyperparameters.first(where: { $0.name == name })?.value
      else { return nil }
      return Chart.Point(value, error)
    }
  }
}
