import Study

/// The place of the lowest mean test error among the values of an axis, set against the paper's place.
struct PlaceOnGrid {
  /// One value of the axis with the finite runs' test errors by trial.
  private struct Place {
    var value: Double
    var errors: [Int: Double]
    var mean: Double
  }

  private let places: [Place]
  private let plannedRuns: Int

  /// Finds the places; nil where cells are not looked at along an axis.
  init?(_ placed: TableCell, plannedRuns: Int, selection: ErrorSelection) {
    guard let axis = placed.mapping?.along else { return nil }
    places = placed.groups.compactMap { group in
      let errors = group.values(of: .testError, selection)
      guard let mean = Statistics.mean(group.valuesInOrder(of: .testError, selection)),
        let value = group.axes.first(where: { $0.key == axis }).flatMap({ Double($0.value) })
      else { return nil }
      return Place(value: value, errors: errors, mean: mean)
    }
    self.plannedRuns = plannedRuns
  }

  /// The value where the mean is lowest, the first of equals.
  var lowest: Double? { best?.value }

  private var best: Place? {
    places.reduce(nil) { best, place in
      best.map { place.mean < $0.mean } ?? true ? place : best
    }
  }

  /// The paper's place is reproduced where it has the lowest mean, and contradicted where another place
  /// is lower by a paired test; nil where the study does not have the paper's place.
  func judgement(published: Double) -> Judgement? {
    guard let theirs = place(published), let best else { return nil }
    var judgement = Judgement(.notJudged, plannedRuns: plannedRuns)
    guard plannedRuns >= Verdict.fewestRuns else { return judgement }
    let count = places.map(\.errors.count).min() ?? 0
    guard count >= Verdict.fewestRuns else {
      judgement.verdict = .undecided
      judgement.prospect = .atLeast(Verdict.fewestRuns - count)
      return judgement
    }
    guard best.value != theirs.value else {
      judgement.verdict = .reproduced
      return judgement
    }
    let test = comparisons(against: published).first { $0.row == Self.text(best.value) }
    if test?.outcome == .contradicted {
      judgement.verdict = .worse
      return judgement
    }
    judgement.verdict = .undecided
    let pairs = best.errors.keys.sorted().compactMap { trial -> Double? in
      guard let ours = best.errors[trial], let paper = theirs.errors[trial] else { return nil }
      return ours - paper
    }
    if let difference = Statistics.mean(pairs), let deviation = Statistics.sampleDeviation(pairs) {
      let outlook = Outlook(
        difference: difference, deviation: deviation,
        publishedError: .printed(standardError: 0, runs: 1), margin: 0, direction: .neither)
      judgement.prospect =
        outlook.furtherRuns(after: pairs.count).map { .furtherRuns($0) } ?? .settled
    }
    return judgement
  }

  /// Whether the error is lower at the paper's place than at each other one, trial by trial.
  func comparisons(against published: Double) -> [Comparison] {
    guard let theirs = place(published) else { return [] }
    return places.filter { $0.value != theirs.value }.map { place in
      Comparison(
        row: Self.text(place.value), Self.text(theirs.value), theirs.errors,
        Self.text(place.value), place.errors, direction: Metric.testError.direction)
    }.adjusted()
  }

  private func place(_ value: Double) -> Place? {
    places.first { abs($0.value - value) < 1e-9 }
  }

  private static func text(_ value: Double) -> String {
    DecimalText.fixed(value, decimals: max(Metric.argmin.decimals, DecimalText.decimals(of: value)))
  }
}
