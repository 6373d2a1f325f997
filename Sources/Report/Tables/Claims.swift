import Study

extension ResultSection {
  /// What the table claims, tested on our runs: in a paper's table, for every row and every two
  /// methods with different published means, that the one printed as better is better; in a study's
  /// own table, that each method is better than the first.
  package var claims: [Comparison] {
    if metric.direction == .neither { return [] }
    return (published?.methodsAreRows == true ? claimsOfRows : claimsOfColumns).adjusted
  }

  private var claimsOfColumns: [Comparison] {
    rows.flatMap { row -> [Comparison] in
      let cells = columns.compactMap { line(row: row, column: $0, selection) }
      return pairs(of: cells).map { first, second in
        Comparison(
          row: row, first.column, first.values, second.column, second.values,
          direction: metric.direction)
      }
    }
  }

  /// Where rows are networks with methods: methods of one network in one column against each other. A
  /// metric that compares two methods makes no claim of its own.
  private var claimsOfRows: [Comparison] {
    guard metric.source != .twoArms else { return [] }
    func parts(_ row: String) -> (network: String, method: String) {
      let parts = row.split(separator: " / ", maxSplits: 1)
      return parts.count == 2 ? (String(parts[0]), String(parts[1])) : ("", row)
    }
    let networks = rows.map { parts($0).network }
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return networks.flatMap { network in
      columns.flatMap { column -> [Comparison] in
        let cells = rows.filter { parts($0).network == network }
          .compactMap { line(row: $0, column: column, selection) }
        return pairs(of: cells).map { first, second in
          Comparison(
            row: "\(network), \(column)", parts(first.row).method, first.values,
            parts(second.row).method, second.values, direction: metric.direction)
        }
      }
    }
  }

  /// The better one first.
  private func pairs(of cells: [ResultLine]) -> [(ResultLine, ResultLine)] {
    if published == nil {
      guard let first = cells.first else { return [] }
      return cells.dropFirst().map { ($0, first) }
    }
    return cells.indices.flatMap { index in
      cells[(index + 1)...].compactMap { other -> (ResultLine, ResultLine)? in
        let one = cells[index]
        guard let a = one.publishedMean, let b = other.publishedMean, a != b else { return nil }
        return (a < b) == (metric.direction == .smallerIsBetter) ? (one, other) : (other, one)
      }
    }
  }

  /// The claims as a table; nil if there are none, or none of a table without published numbers can be
  /// tested.
  var claimTable: Table? {
    let claims = claims
    guard !claims.isEmpty, published != nil || claims.contains(where: { $0.outcome != .tooFew })
    else { return nil }
    let heading = published == nil ? "Whether each method beats the first" : "The paper's claims"
    return Self.table(claims, caption: heading, rowMeaning: rowMeaning, metric: metric)
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
    var table = Table(
      caption: caption,
      header: [
        rowMeaning, "claim", "advantage", "± 95 %", "n", "p", "Holm", "sign-flip", "smallest",
        "outcome",
      ],
      rows: comparisons.map { claim in
        [
          claim.row, claim.sentence, number(claim.advantage), number(claim.halfWidth),
          String(claim.count) + (claim.isPaired || claim.outcome == .tooFew ? "" : " unpaired"),
          probability(claim.p), probability(claim.holm), probability(claim.signFlip?.p),
          probability(claim.signFlip?.smallestAttainable), claim.outcome.rawValue,
        ]
      }, words: [1])
    for (index, claim) in comparisons.enumerated() {
      table.rows[index][9].colour = claim.outcome.colour
    }
    return table
  }
}

extension ResultTable {
  /// What a reader of the claims must know.
  package static let claimExplanation =
    "Each claim by itself: one-sided paired t test over trials (Welch's where runs cannot be paired) "
    + "at 5 %. Beside it the p adjusted by Holm's rule for all claims of the table, and the exact "
    + "sign-flip test with the smallest p that so few pairs can give."
}
