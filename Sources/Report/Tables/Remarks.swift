import Canonical
import Study

extension ResultTable {
  /// What a reader must know beside the tables, in plain sentences: data that are not the
  /// catalogue's, unfinished runs, divergence, oracles.
  package var remarks: [String] {
    var remarks: [String] = []
    if let userData { remarks.append(userData) }
    if groups.contains(where: { !$0.isVerified && $0.userFiles == nil }) {
      remarks.append(
        "Unverified data: the files' digests are not the catalogue's, so nothing is compared with "
          + "published values.")
    }
    remarks += missingRows
    let shown = groups.reduce(0) { $0 + min($1.runs.count, study.trials) }
    let all = groups.count * study.trials
    if shown < all {
      remarks.append(
        "Unfinished: \(shown + laterRuns) of \(all) final runs."
          + (laterRuns > 0
            ? " Only trials that every row has are shown; \(laterRuns) more "
              + "\(laterRuns == 1 ? "run is" : "runs are") recorded." : ""))
    }
    let diverged = groups.reduce(0) { $0 + $1.runs.count { $0.diverged } }
    if diverged > 0 {
      remarks.append(
        "\(diverged) \(diverged == 1 ? "run" : "runs") diverged: counted, and left out of the "
          + "means.")
    }
    if let costRemark { remarks.append(costRemark) }
    if study.selectOn == .test {
      remarks.append("Hyper-parameters were selected on the test set: an oracle, not a method.")
    }
    if cores.count > 1 {
      remarks.append(
        "The runs come from different OpenBLAS cores: \(cores.joined(separator: ", ")).")
    }
    if otherArithmeticRuns > 0 {
      let isOne = otherArithmeticRuns == 1
      remarks.append(
        "\(otherArithmeticRuns) \(isOne ? "run" : "runs") with another arithmetic than the "
          + "others: \(isOne ? "its" : "their") last digits may differ.")
    }
    return remarks
  }

  /// Whose data they are and which ones, where they are a user's.
  private var userData: String? {
    let digests = groups.compactMap { group in
      group.userFiles.map { "\(group.dataset) (SHA-256 \($0.prefix(16)))" }
    }.unique
    guard !digests.isEmpty else { return nil }
    return "User data: \(digests.joined(separator: ", ")). Nothing is compared with published "
      + "values."
  }

  /// Hyper-parameters of each combination that has any: axes and arm as rows.
  var hyperparameterTable: Table? {
    let groups = groups.filter { !$0.hyperparameters.isEmpty }
    guard let first = groups.first else { return nil }
    let names = groups.flatMap { $0.hyperparameters.map(\.name) }.unique
    return Table(
      caption: hyperparameterSource,
      header: first.axes.map { study.axisTitle($0.key) } + ["arm"] + names,
      rows: groups.map { group in
        group.axes.map(\.value) + [group.arm]
          + names.map { name in
            let value = group.hyperparameters.first { $0.name == name }?.value
            return value.map(Self.hyperparameterText) ?? ResultLine.nothing
          }
      }, words: Self.wordColumns(groups.map(\.axes)).union([first.axes.count]))
  }

  /// The columns of axes whose values are words.
  static func wordColumns(_ axes: [[AxisValue]]) -> Set<Int> {
    Set(
      (axes.first ?? []).indices.filter { index in axes.contains { Double($0[index].value) == nil }
      })
  }

  /// Four decimals are enough to tell a grid's values apart; short ones stay as written.
  static func hyperparameterText(_ value: Double) -> String {
    let short = value.shortestText
    return short.count <= 8 ? short : DecimalText.fixed(value, decimals: 6)
  }
}
