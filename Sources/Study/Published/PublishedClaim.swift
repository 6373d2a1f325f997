import Canonical

/// A sentence of a paper that says that one method is better than another in a table.
package struct PublishedClaim: Sendable, Equatable {
  /// The paper's name in configs.
  package var paper: String
  /// The table's name in configs.
  package var table: String
  /// The metric of the cells that it is about.
  package var metric: String
  /// Where the paper says so: `Section 4.2.1`.
  package var place: String
  /// The method that is said to be better.
  package var better: String
  /// The method that it is better than.
  package var than: String
  /// The rows that it is about; nil for all.
  package var rows: [String]?
  /// Rows that it is not about.
  package var exceptions: [String]
  /// How the sentence is read here, where that is not obvious.
  package var reading: String?

  init(_ reader: ObjectReader, paper: String, metrics: [String: String]) {
    func optional(_ key: String) -> String? { reader.has(key) ? reader.string(key) : nil }
    self.paper = paper
    table = reader.string("table")
    metric = optional("metric") ?? metrics[table] ?? ""
    place = reader.string("place")
    better = reader.string("better")
    than = reader.string("than")
    rows = reader.has("rows") ? reader.strings("rows", default: []) : nil
    exceptions = reader.strings("except", default: [])
    reading = optional("reading")
    reader.finish()
  }
}

/// A claim at one place of its table: two cells of which one is said to be better.
package struct ClaimedPair: Sendable, Equatable {
  /// What the pair is called: a row's label, or `VGG-16, CIFAR-100 accuracy` where rows are methods.
  package var row: String
  package var claim: PublishedClaim
  /// The cell that is said to be better.
  package var better: PublishedCell
  /// The cell that it is set against.
  package var than: PublishedCell

  /// By how much the paper prints it as better.
  package var gain: Double? {
    guard let a = better.mean, let b = than.mean else { return nil }
    return Metric(rawValue: claim.metric)?.direction == .largerIsBetter ? a - b : b - a
  }
}

extension PublishedNumbers {
  /// What a paper claims of a table's cells of one metric, place by place, in the table's order.
  package func claims(_ paper: String, _ table: String, metric: String) -> [ClaimedPair] {
    guard let facts = self.table(paper, table) else { return [] }
    let claims = claims.filter {
      $0.paper == paper && $0.table == table && $0.metric == metric
    }
    guard !claims.isEmpty else { return [] }
    return facts.methodsAreRows ? pairsOfRows(claims, facts) : pairsOfColumns(claims, facts)
  }

  private func pairsOfColumns(
    _ claims: [PublishedClaim], _ table: PublishedTable
  ) -> [ClaimedPair] {
    table.rows.flatMap { row in
      claims.compactMap {
        pair($0, row, (row, $0.better), (row, $0.than))
      }
    }
  }

  private func pairsOfRows(_ claims: [PublishedClaim], _ table: PublishedTable) -> [ClaimedPair] {
    let networks = table.rows.compactMap { $0.split(separator: " / ", maxSplits: 1).first }
      .map(String.init).unique
    return networks.flatMap { network in
      table.columns.flatMap { column in
        claims.compactMap {
          pair(
            $0, "\(network), \(column)", ("\(network) / \($0.better)", column),
            ("\(network) / \($0.than)", column))
        }
      }
    }
  }

  private func pair(
    _ claim: PublishedClaim, _ row: String, _ better: (String, String), _ than: (String, String)
  ) -> ClaimedPair? {
    guard claim.rows?.contains(row) ?? true, !claim.exceptions.contains(row),
      let first = cell(claim.paper, claim.table, row: better.0, column: better.1),
      let second = cell(claim.paper, claim.table, row: than.0, column: than.1),
      first.mean != nil, second.mean != nil, first.metric == claim.metric,
      second.metric == claim.metric
    else { return nil }
    return ClaimedPair(row: row, claim: claim, better: first, than: second)
  }
}
