extension ResultTable {
  /// One plain sentence about what is not as in the paper, computed from what was run; nil for a
  /// full profile on the paper's data without alterations.
  public var reduction: String? {
    let differences = protocolDifferences
    if outline.isFullProfile, !outline.isAltered, differences.isEmpty { return nil }
    let what =
      outline.isFullProfile
      ? outline.isAltered ? "an altered study" : "not the paper's protocol"
      : "the reduced profile \"\(outline.profile)\"" + (outline.isAltered ? ", altered" : "")
    let details = differences.isEmpty ? "" : ": " + differences.joined(separator: "; ")
    return "This is \(what), not a reproduction\(details)."
  }

  /// How the runs differ from the papers' protocols, as far as those are known.
  var protocolDifferences: [String] {
    let papers = sections.compactMap(\.published)
    guard !papers.isEmpty else { return [] }
    return [
      data(papers), rows, trials(papers), updates(papers), validation(papers), selection(papers),
    ].compactMap { $0 }
  }

  private func data(_ papers: [PublishedTable]) -> String? {
    let theirs = unique(papers.compactMap(\.dataset))
    let ours = unique(outline.groups.map(\.dataset)).filter { !theirs.contains($0) }
    guard !ours.isEmpty else { return nil }
    let described = ours.map { Self.describedDatasets[$0] ?? "the data set \($0)" }
    return "\(described.joined(separator: " and ")) instead of \(theirs.joined(separator: ", "))"
  }

  private static let describedDatasets = [
    "mnist-5k": "mnist-5k (3,000 test images, 5,000 digits in all)",
    "synthetic": "generated images",
  ]

  private func trials(_ papers: [PublishedTable]) -> String? {
    guard let theirs = papers.compactMap(\.runs).max(), outline.trials < theirs else { return nil }
    return "\(outline.trials) \(outline.trials == 1 ? "trial" : "trials") instead of \(theirs)"
  }

  private var rows: String? {
    let missing = sections.compactMap { section -> String? in
      guard let table = section.published else { return nil }
      let shown = table.rows.count { section.rows.contains($0) }
      guard shown < table.rows.count else { return nil }
      return "\(shown) of the \(table.rows.count) rows of \(table.table)"
    }
    return missing.isEmpty ? nil : missing.joined(separator: ", ")
  }

  private func updates(_ papers: [PublishedTable]) -> String? {
    let ours = unique(outline.groups.compactMap(\.updates)).sorted()
    guard let full = papers.compactMap(\.updates).max(), let least = ours.first,
      let most = ours.last, least < full
    else { return nil }
    let range =
      least == most
      ? DecimalText.grouped(least)
      : "\(DecimalText.grouped(least)) to \(DecimalText.grouped(most))"
    return "\(range) updates a run instead of \(DecimalText.grouped(full))"
  }

  private func validation(_ papers: [PublishedTable]) -> String? {
    guard let theirs = papers.compactMap(\.validationImages).max(),
      let ours = outline.groups.map(\.validationImages).min(), ours < theirs
    else { return nil }
    let count = ours == 0 ? "no" : DecimalText.grouped(ours)
    return "\(count) validation images instead of \(DecimalText.grouped(theirs))"
  }

  private func selection(_ papers: [PublishedTable]) -> String? {
    if outline.selectsOnTest { return "hyper-parameters selected on the test set (oracle)" }
    guard !outline.selectsHyperparameters,
      let theirs = papers.lazy.compactMap(\.hyperparameters).first
    else { return nil }
    return "hyper-parameters fixed instead of \(theirs)"
  }

  private func unique<Value: Equatable>(_ values: [Value]) -> [Value] {
    values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
