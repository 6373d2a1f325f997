import Study

/// The place of the lowest mean test error among the values of an axis, set against the paper's place.
struct PlaceOnGrid {
  /// One value of the axis with the finite runs' test errors by trial.
  private struct Place {
    var value: Double
    var errors: [Int: Double]
    /// Nil where no run is finite.
    var mean: Double?
    /// Finished runs, diverged ones included.
    var finished: Int

    var name: String {
      DecimalText.fixed(
        value, decimals: max(Metric.argmin.decimals, DecimalText.decimals(of: value)))
    }

    var hasEnough: Bool { errors.count >= Verdict.fewestRuns }
  }

  /// Every place of the study, trained or not.
  private let places: [Place]
  private let plannedRuns: Int
  private let firstStage: Int?
  private let resolution: Double

  /// Finds the places; nil where cells are not looked at along an axis.
  /// - Parameter firstStage: the last trial that spreads are taken of; nil for all.
  init?(_ placed: TableCell, plannedRuns: Int, firstStage: Int?, selection: ErrorSelection) {
    guard let axis = placed.mapping?.along else { return nil }
    places = placed.groups.compactMap { group in
      guard let value = group.axes.first(where: { $0.key == axis }).flatMap({ Double($0.value) })
      else { return nil }
      return Place(
        value: value, errors: group.values(of: .testError, selection),
        mean: Statistics.mean(group.valuesInOrder(of: .testError, selection)),
        finished: group.runs.count)
    }
    self.plannedRuns = plannedRuns
    self.firstStage = firstStage
    resolution = Metric.testError.resolution(testImages: placed.groups.first?.testImages)
  }

  /// The value where the mean is lowest, the first of equals; nil while a place has no run.
  var lowest: Double? { places.allSatisfy { $0.finished > 0 } ? best?.value : nil }

  private var best: Place? {
    places.reduce(nil) { best, place in
      (place.mean ?? .infinity) < best?.mean ?? .infinity ? place : best
    }
  }

  /// The paper's place is reproduced where no other has a lower mean, and contradicted where another
  /// place is lower by a paired test; nil where the study does not have the paper's place.
  func judgement(published: Double) -> Judgement? {
    guard let theirs = place(published) else { return nil }
    guard plannedRuns >= Verdict.fewestRuns else {
      return Judgement(.notJudged, plannedRuns: plannedRuns, detail: nil)
    }
    let missing = places.filter { !$0.hasEnough && $0.finished < plannedRuns }
    if let fewest = missing.map(\.errors.count).min() {
      return open(.atLeast(Verdict.fewestRuns - fewest), "at \(Self.names(missing))")
    }
    // What has diverged throughout has no lowest error, and is told.
    let diverged = places.filter { !$0.hasEnough }
    let detail = diverged.isEmpty ? nil : "diverged at \(Self.names(diverged))"
    guard theirs.hasEnough, let mean = theirs.mean else { return open(.settled, detail) }
    let lower = places.filter { $0.hasEnough && ($0.mean ?? .infinity) < mean }
    if lower.isEmpty { return Judgement(.reproduced, plannedRuns: plannedRuns, detail: detail) }
    if comparisons(against: published).contains(where: { $0.outcome == .contradicted }) {
      return Judgement(.worse, plannedRuns: plannedRuns, detail: detail)
    }
    let further = lower.compactMap { furtherRuns($0, below: theirs) }.min()
    return open(further.map { .furtherRuns($0) } ?? .settled, detail)
  }

  private func open(_ prospect: Judgement.Prospect, _ detail: String?) -> Judgement {
    var judgement = Judgement(.undecided, plannedRuns: plannedRuns, detail: detail)
    judgement.prospect = prospect
    return judgement
  }

  /// How many further runs would make the test say that a place is lower, at the level that Holm's rule
  /// asks of the smallest p.
  private func furtherRuns(_ place: Place, below theirs: Place) -> Int? {
    let trials = place.errors.keys.filter { theirs.errors[$0] != nil }.sorted()
    let pairs = trials.map { (place.errors[$0] ?? 0) - (theirs.errors[$0] ?? 0) }
    let first = firstStage.map { stage in trials.count { $0 <= stage } }
    guard let difference = Statistics.mean(pairs),
      let deviation = Statistics.sampleDeviation(Array(pairs.prefix(first ?? pairs.count)))
    else { return nil }
    let outlook = Outlook(
      difference: difference,
      deviation: max(deviation, Statistics.roundingDeviation(step: resolution) * 2.0.squareRoot()),
      publishedError: .printed(standardError: 0, runs: 1), margin: 0, direction: .neither,
      confidence: 1 - 2 * Comparison.level / Double(places.count - 1), firstStage: first)
    return outlook.furtherRuns(after: pairs.count)
  }

  /// Whether the error is lower at the paper's place than at each other one, trial by trial.
  func comparisons(against published: Double) -> [Comparison] {
    guard let theirs = place(published) else { return [] }
    return places.filter { $0.value != theirs.value }.map { place in
      Comparison(
        row: place.name, theirs.name, theirs.errors, place.name, place.errors,
        direction: Metric.testError.direction, firstStage: firstStage, resolution: resolution)
    }.adjusted()
  }

  private func place(_ value: Double) -> Place? {
    places.first { abs($0.value - value) < 1e-9 }
  }

  private static func names(_ places: [Place]) -> String {
    places.map(\.name).joined(separator: ", ")
  }
}
