import Engine
import Study

extension PruningCurve: TakenMeasurement {
  /// The fractions m of weights that are set to 0.
  static let fractions = (0...50).map { Double($0) / 50 }

  func images(in cell: MeasuredCell) -> Double {
    let curves = (try? names(in: cell).count) ?? 0
    return Double(curves * Self.fractions.count * cell.facts.test)
  }

  func recorder(of run: MeasuredRun) throws -> any MeasurementRecorder {
    let names = try names(in: run.cell)
    let task = try run.classifier(for: Self.name)
    return FinalWeightsRecorder {
      let points = task.network.parameters(named: names).flatMap { parameter in
        Self.points(of: parameter) {
          100 - task.percentWrong(task.feed.dataset.test, task.feed.test)
        }
      }
      return FinalMeasurement(series: [Series(name: Self.name, points: points)])
    }
  }

  /// The relative accuracy loss (acc(0) − acc(m))/acc(0) of one parameter, whose values are the same
  /// afterwards.
  /// - Parameter accuracy: measures the network as it is.
  static func points(
    of parameter: Parameter, fractions: [Double] = fractions, accuracy: () -> Double
  ) -> [SeriesPoint] {
    let values = Array(parameter.values)
    let order = values.indices.sorted { a, b in
      let (first, second) = (abs(values[a]), abs(values[b]))
      return first == second ? a < b : first < second
    }
    let whole = accuracy()
    return fractions.map { fraction in
      let pruned = Int((Double(order.count) * fraction).rounded(.down))
      for index in order[..<pruned] { parameter.values[index] = 0 }
      let remaining = pruned == 0 ? whole : accuracy()
      _ = parameter.values.update(fromContentsOf: values)
      return SeriesPoint(
        curve: parameter.spec.name, x: fraction,
        y: whole > 0 ? (whole - remaining) / whole : .nan)
    }
  }
}
