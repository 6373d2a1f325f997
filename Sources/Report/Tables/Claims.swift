import Canonical
import Study

extension ResultSection {
  /// What the paper claims of the table, tested on our runs; in a study's own table, whether a later
  /// method is better than an earlier one. Decided by Holm's p for all claims of the table, finished or
  /// not.
  package var claims: [Comparison] {
    if metric.direction == .neither { return [] }
    guard published != nil else {
      let comparisons = ownComparisons
      return comparisons.adjusted(
        family: Comparison.tests(metric.direction) * comparisons.count)
    }
    return claimedPairs.compactMap { pair -> Comparison? in
      guard let first = line(at: pair.better), let second = line(at: pair.than) else { return nil }
      var comparison = Comparison(
        row: pair.row, pair.claim.better, first.values, pair.claim.than, second.values,
        direction: metric.direction, firstStage: first.firstStage,
        resolution: max(first.resolution, second.resolution))
      comparison.place = pair.claim.place
      comparison.reading = pair.claim.reading
      comparison.testSetHalfWidth = testSetHalfWidth(first, second)
      return comparison
    }.adjusted(family: claimedPairs.count)
  }

  private var ownComparisons: [Comparison] {
    rows.flatMap { row -> [Comparison] in
      let cells = cells(ofRow: row)
      return cells.indices.flatMap { index in
        cells[..<(comparesAllPairs ? index : min(index, 1))].map { comparison(cells[index], $0) }
      }
    }
  }

  /// Each method that was added to the paper's study, against each of the paper's and each that was added
  /// before it, row by row.
  var addedComparisons: [Comparison] {
    if metric.direction == .neither { return [] }
    let comparisons = rows.flatMap { row -> [Comparison] in
      let cells = cells(ofRow: row)
      let (papers, added) = (cells.filter { !isAdded($0) }, cells.filter(isAdded))
      return added.indices.flatMap { index in
        (papers + added[..<index]).map { comparison(added[index], $0) }
      }
    }
    return comparisons.adjusted(
      family: Comparison.tests(metric.direction) * comparisons.count)
  }

  /// Whether a cell is of a method that the paper's table does not have.
  private func isAdded(_ cell: ResultLine) -> Bool {
    guard let published, !published.methodsAreRows else { return false }
    return !published.columns.contains(cell.column)
  }

  /// The comparisons of added methods as a table; nil if there is nothing to compare.
  var addedTable: Table? {
    let comparisons = addedComparisons
    guard comparisons.contains(where: { $0.outcome != .tooFew }) else { return nil }
    return Self.table(
      comparisons, caption: Self.addedHeading, rowMeaning: rowMeaning, metric: metric)
  }

  static let addedHeading = "Methods that the paper's table does not have, against the others"

  private func cells(ofRow row: String) -> [ResultLine] {
    columns.compactMap { line(row: row, column: $0, selection) }
  }

  private func comparison(_ cell: ResultLine, _ other: ResultLine) -> Comparison {
    var comparison = Comparison(
      row: cell.row, cell.column, cell.values, other.column, other.values,
      direction: metric.direction, firstStage: cell.firstStage,
      resolution: max(cell.resolution, other.resolution))
    comparison.testSetHalfWidth = testSetHalfWidth(cell, other)
    return comparison
  }

  /// Whether a study's own table sets every method against every other; of many, each stands against the
  /// first alone.
  var comparesAllPairs: Bool { columns.count <= 4 }

  private func line(at cell: PublishedCell) -> ResultLine? {
    line(row: cell.row, column: cell.column, selection)
  }

  /// The binomial part of a difference between two shares of wrong test images, in percent.
  private func testSetHalfWidth(_ first: ResultLine, _ second: ResultLine) -> Double? {
    guard metric == .testError || metric == .testAccuracy, let images = first.testImages,
      images > 0, second.testImages == images, let a = first.mean, let b = second.mean
    else { return nil }
    let variance = (a * (100 - a) + b * (100 - b)) / Double(images)
    return Statistics.normalQuantile975 * max(0, variance).squareRoot()
  }

  /// How many of the gains that the paper claims are smaller than the margins of their cells, in a
  /// sentence; nil where none is.
  package var gainRemark: String? {
    guard let published, !isPooled else { return nil }
    let pairs = claimedPairs.filter { line(at: $0.better) != nil && line(at: $0.than) != nil }
    let small = pairs.filter { pair in
      guard let gain = pair.gain else { return false }
      let widths = [pair.better, pair.than].compactMap { cell in
        cell.mean.map {
          margin
            ?? published.margin(for: metric.name).width(
              mean: $0, spread: cell.spreadIsDoubtful ? nil : cell.spread)
        }
      }
      return gain < (widths.max() ?? 0)
    }
    guard !small.isEmpty else { return nil }
    let which = small.count == pairs.count ? "each" : "\(small.count)"
    return
      "In \(which) of the \(pairs.count) \(pairs.count == 1 ? "claim" : "claims") of this table "
      + "the published gain is smaller than the margin of its cells: verdicts on the cells cannot "
      + "confirm such a gain, the test of the claim can."
  }

  /// The claims as a table; nil if there are none, or none of a table without published numbers can be
  /// tested.
  var claimTable: Table? {
    let claims = claims
    guard !claims.isEmpty, published != nil || claims.contains(where: { $0.outcome != .tooFew })
    else { return nil }
    return Self.table(claims, caption: claimHeading, rowMeaning: rowMeaning, metric: metric)
  }

  static func table(
    _ comparisons: [Comparison], caption: String, rowMeaning: String, metric: Metric
  ) -> Table {
    func number(_ value: Double?) -> String {
      value.map { DecimalText.fixed($0, decimals: metric.decimals) } ?? ResultLine.nothing
    }
    func probability(_ value: Double?) -> String {
      value.map { $0 < 0.0005 ? "<0.001" : DecimalText.fixed($0, decimals: 3) }
        ?? ResultLine.nothing
    }
    let hasPlaces = comparisons.contains { $0.place != nil }
    let hasTestSets = comparisons.contains { $0.testSetHalfWidth != nil }
    let header =
      [rowMeaning, "claim"] + (hasPlaces ? ["place"] : []) + ["advantage", "± 95 %"]
      + (hasTestSets ? ["± test set"] : [])
      + ["n", "p", "Holm", "sign-flip", "smallest", "outcome"]
    var table = Table(
      caption: caption, header: header,
      rows: comparisons.map { claim in
        let count =
          String(claim.count) + (claim.isPaired || claim.outcome == .tooFew ? "" : " unpaired")
        return [claim.row, claim.sentence] + (hasPlaces ? [claim.place ?? ResultLine.nothing] : [])
          + [number(claim.advantage), number(claim.halfWidth)]
          + (hasTestSets ? [number(claim.testSetHalfWidth)] : [])
          + [
            count, probability(claim.p), probability(claim.holm), probability(claim.signFlip?.p),
            probability(claim.signFlip?.smallestAttainable), claim.outcome.rawValue,
          ]
      }, words: Set((hasPlaces ? [1, 2] : [1]) + [header.count - 1]))
    for (index, claim) in comparisons.enumerated() {
      table.rows[index][table.header.count - 1].colour = claim.outcome.colour
    }
    return table
  }
}

extension ResultSection {
  /// How the papers' sentences are read, each once.
  var claimReadings: [String] {
    claims.compactMap { claim in claim.reading.map { "\(claim.sentence): \($0)." } }.unique
  }
}

extension StudySpec {
  /// What a reader of the claims must know.
  package var claimExplanation: String {
    "One-sided paired t tests over \(isPooled ? "the settings of the grid" : "trials") (Welch's where "
      + "runs cannot be paired)\(stage). A claim holds where its p is below 5 % after Holm's "
      + "adjustment for all claims of the table, finished or not; the p beside it is not adjusted. "
      + "The exact sign-flip test stands beside, with the smallest p that so few pairs can give. "
      + "\(testScope) \"± test set\" is the 95 % half width that another test set of the same size "
      + "would give the advantage if the mistakes of the two methods were independent."
  }

  private var stage: String {
    guard let stopping else { return "" }
    return
      ", with the spread of the first \(StoppingRule.firstStage) trials alone, since these decided by "
      + "Stein's rule how many there are (--until \(stopping.text))"
  }

  /// What the tests speak about.
  private var testScope: String {
    if isPooled {
      return
        "The tests speak about the settings that were tried, one run of each, and not about training "
        + "noise, on one training subset, one validation split and one test set."
    }
    let noise = "training noise alone (initial weights, batches, masks), on one training subset"
    let drawn =
      "training noise and the choice of the training subset, which each trial draws anew (the same "
      + "for all methods)"
    let subset =
      switch drawnSubsets {
      case .none: noise
      case .all: drawn
      case .some: "\(noise), where subsets are fixed, and elsewhere about \(drawn)"
      }
    let fixed =
      ["one validation split", "one test set"] + (selects ? ["one choice of hyper-parameters"] : [])
    let text = fixed.dropLast().joined(separator: ", ") + " and " + (fixed.last ?? "")
    return "The tests speak about \(subset), on \(text)"
      + (selects
        ? ", which was made on one run of each candidate: that noise is not in the tests." : ".")
  }

  /// Whether cells sum up runs of different settings.
  private var isPooled: Bool { reproduces.contains { $0.pooledShare != nil } }

  /// Whether hyper-parameters are selected.
  private var selects: Bool { upperBound.contains { !$0.isFinal } }

  private enum DrawnSubsets { case none, some, all }

  /// Whether trials train on subsets of their own.
  private var drawnSubsets: DrawnSubsets {
    let setups = upperBound.filter(\.isFinal).compactMap(\.example.spec.setup)
    let drawn = setups.count { $0.dataset.subset == .perTrial }
    return drawn == 0 ? .none : drawn == setups.count ? .all : .some
  }
}
