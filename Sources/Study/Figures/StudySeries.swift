import Canonical

/// A series of a study's runs, as a figure is made of it.
package struct StudySeries: Sendable {
  private let study: StudySpec
  package let runs: [SeriesRun]

  package init(_ study: StudySpec, _ runs: [SeriesRun]) {
    self.study = study
    self.runs = runs
  }

  /// The runs of one arm.
  package struct ArmRuns {
    package let arm: String
    /// The arm's place in the config: equal arms look alike in all figures of a study.
    package let index: Int
    package let runs: [SeriesRun]

    package var points: [SeriesPoint] { runs.flatMap(\.series.points) }
  }

  /// The combinations of axes that have runs, in the order of the study.
  package var combinations: [[AxisValue]] {
    let begun = Set(runs.map(\.axes))
    return study.rows.map(\.axes).unique.filter(begun.contains)
  }

  /// The arms that have runs at a combination, in the order of the config.
  package func arms(at axes: [AxisValue]) -> [ArmRuns] {
    let here = Dictionary(grouping: runs.filter { $0.axes == axes }, by: \.arm)
    return study.arms.enumerated().compactMap { index, arm in
      here[arm.name].map { ArmRuns(arm: arm.name, index: index, runs: $0) }
    }
  }
}

/// The mean of a curve over runs, with their range where there are several.
package struct CurveMeans {
  /// By x.
  package let points: [Chart.Point]

  package init(_ runs: [SeriesRun], curve: String, factors: (x: Double, y: Double) = (1, 1)) {
    var values: [Double: [Double]] = [:]
    for point in runs.flatMap(\.series.points) where point.curve == curve && point.y.isFinite {
      values[point.x, default: []].append(point.y * factors.y)
    }
    points = values.keys.sorted().compactMap { x in
      guard let all = values[x], let mean = Statistics.mean(all), let low = all.min(),
        let high = all.max()
      else { return nil }
      return Chart.Point(x * factors.x, mean, interval: all.count > 1 ? low...high : nil)
    }
  }
}
