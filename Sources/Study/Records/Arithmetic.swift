/// How sums are rounded where a run was trained. Runs of one arithmetic are the same bits wherever
/// they are trained; those of another differ in the last digits and count all the same.
package struct Arithmetic: Hashable, Comparable, Sendable {
  /// As it stands in the column `arithmetic` of runs.csv.
  package let text: String

  package init(text: String) { self.text = text }

  /// An arithmetic that is named and not measured.
  /// - Parameters:
  ///   - revision: of the engine.
  ///   - core: OpenBLAS's kernels.
  package init(revision: Int, core: String) { text = "\(core) \(revision)" }

  /// The number of the engine's revision, by which earlier versions told arithmetics apart; nil for one that
  /// was measured.
  package var earlierRevision: Int? { text.split(separator: " ").last.flatMap { Int($0) } }

  /// OpenBLAS's kernels.
  private var core: Substring { text.prefix { $0 != " " } }

  /// For people: `OpenBLAS's kernels for Haswell and fingerprint 2df5e33c649347c0`.
  package var words: String {
    let rest = text.dropFirst(core.count + 1)
    let what = earlierRevision == nil ? "fingerprint" : "engine revision"
    return "OpenBLAS's kernels for \(core) and \(what) \(rest)"
  }

  /// The arithmetic of a row of before the column existed: ids then held the engine's revision, so
  /// that all rows which count today are of this one.
  static func ofEarlierVersions(core: String) -> Arithmetic { Arithmetic(revision: 2, core: core) }

  package static func < (a: Arithmetic, b: Arithmetic) -> Bool { a.text < b.text }
}
