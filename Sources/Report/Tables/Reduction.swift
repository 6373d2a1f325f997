import Canonical
import Model
import Study

extension ResultTable {
  /// Plain sentences about what is not as in the paper, computed from what was run; nil where
  /// nothing is.
  package var reduction: String? {
    let differences = protocolDifferences
    // What was computed cannot be stale; the author's words stand in where the paper's protocol is
    // not known in figures.
    let isKnown = sections.allSatisfy { $0.published == nil || $0.published?.updates != nil }
    let words = differences.isEmpty || !isKnown ? study.reduced?.tidy : nil
    let details = (differences + [words].compactMap { $0 }).joined(separator: "; ")
    var sentences: [String] = []
    if !study.isWhole || hasOtherData {
      let kind = study.recomputesPaper ? "reduced " : ""
      let what = study.isAsWritten ? "a reduced study" : "the \(kind)profile \"\(study.profile)\""
      let whole = study.recomputesPaper ? "a reproduction" : "the whole study"
      sentences.append(
        "This is \(what), not \(whole)" + (details.isEmpty ? "." : ": \(details)."))
    } else if !details.isEmpty {
      sentences.append("Differs from the paper's protocol: \(details).")
    }
    if study.isAltered, sections.contains(where: { $0.published != nil }) {
      sentences.append(
        "Altered by --set, --only or user files, so nothing is judged.")
    } else if study.isAlteredByOptions {
      sentences.append(
        "Altered by options such as --set, --trials or --only: not the study as its file stands.")
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  private var hasOtherData: Bool {
    let papers = sections.compactMap(\.published)
    return !papers.isEmpty && data(papers) != nil
  }

  /// How the runs differ from the papers' protocols, as far as those are known.
  var protocolDifferences: [String] {
    let papers = sections.compactMap(\.published)
    guard !papers.isEmpty else { return [] }
    return [
      data(papers), trials, updates(papers), validation(papers), selection(papers),
    ].compactMap { $0 }
  }

  private func data(_ papers: [PublishedTable]) -> String? {
    let theirs = papers.compactMap(\.dataset).unique
    let ours = groups.map(\.dataset).unique.filter { !theirs.contains($0) }
    guard !ours.isEmpty, !theirs.isEmpty else { return nil }
    let described = ours.map(KnownDataset.description(of:))
    let papers = theirs.map(KnownDataset.title(of:)).joined(separator: " and ")
    return "\(described.joined(separator: " and ")) instead of \(papers)"
  }

  /// Where a cell sums up settings, the paper's number is not one of trials.
  private var trials: String? {
    let papers = sections.filter { !$0.isPooled }.compactMap(\.published)
    guard let theirs = papers.compactMap(\.runs).max(), study.trials < theirs else { return nil }
    return "\(study.trials) \(study.trials == 1 ? "trial" : "trials") instead of \(theirs)"
  }

  private func updates(_ papers: [PublishedTable]) -> String? {
    let ours = groups.compactMap(\.updates).unique.sorted()
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
      let ours = groups.map(\.validationImages).min(), ours < theirs
    else { return nil }
    let count = ours == 0 ? "no" : DecimalText.grouped(ours)
    return "\(count) validation images instead of \(DecimalText.grouped(theirs))"
  }

  private func selection(_ papers: [PublishedTable]) -> String? {
    if study.selectOn == .test { return "hyper-parameters selected on the test set (oracle)" }
    guard !selectsHyperparameters,
      let theirs = papers.lazy.compactMap(\.hyperparameters).first
    else { return nil }
    return "hyper-parameters fixed instead of \(theirs)"
  }
}
