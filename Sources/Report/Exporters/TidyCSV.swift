import Canonical
import Study

/// Every result as an observation of its own, as pandas and R want it: a line for each finished run and
/// each number that the tables are made of, in full precision, with a column for each axis and each
/// hyper-parameter. `table --format tidy`.
package enum TidyCSV {
  private static let leading = ["study", "profile", "altered"]
  private static let trailing = [
    "trial", "diverged", "metric", "unit", "selection", "value", "published_mean",
    "published_spread",
  ]

  /// The lines below a header. Absent values are empty fields; `altered` is TRUE or FALSE.
  package static func text(_ table: ResultTable) -> String {
    let axes = table.study.axes.map(\.key)
    let hyperparameters = table.groups.flatMap { $0.hyperparameters.map(\.name) }.unique
    // Axis and hyper-parameter may have one name, or that of a column of every study.
    let taken = Set(leading + ["arm"] + trailing)
    let axisNames = axes.map { taken.contains($0) ? "axis.\($0)" : $0 }
    let names = hyperparameters.map {
      taken.contains($0) || axisNames.contains($0) ? "hyperparameter.\($0)" : $0
    }
    let header = leading + axisNames + ["arm"] + names + trailing
    let rows = table.groups.flatMap { group in
      let place =
        [table.study.name, table.study.profile, table.study.isAltered ? "TRUE" : "FALSE"]
        + axes.map { key in group.axes.first { $0.key == key }?.value ?? "" } + [group.arm]
        + hyperparameters.map { name in
          group.hyperparameters.first { $0.name == name }.map { $0.value.shortestText } ?? ""
        }
      return observations(group, table).map { place + $0 }
    }
    return ([header] + rows).map { CSV.row($0.map(\.oneLine)) }.joined()
  }

  private static func observations(_ group: ResultGroup, _ table: ResultTable) -> [[String]] {
    let shown = table.section(of: group)
    let metrics = ([shown?.metric].compactMap { $0 } + group.metrics).unique
    let published = table.line(of: group)?.line
    return group.runs.flatMap { run in
      metrics.flatMap { metric in
        ErrorSelection.allCases.compactMap { selection -> [String]? in
          let value = group.value(of: metric, selection, in: run)
          // Of a run that diverged nothing but that is known.
          guard run.diverged ? selection == shown?.selection : value != nil else { return nil }
          let isCompared = metric == shown?.metric && selection == shown?.selection
          return [
            String(run.trial), run.diverged ? "TRUE" : "FALSE", metric.name, metric.unit.rawValue,
            selection.rawValue, number(run.diverged ? nil : value),
            number(isCompared ? published?.publishedMean : nil),
            number(isCompared ? published?.publishedSpread : nil),
          ]
        }
      }
    }
  }

  private static func number(_ value: Double?) -> String {
    value.flatMap { $0.isFinite ? $0.shortestText : nil } ?? ""
  }
}
