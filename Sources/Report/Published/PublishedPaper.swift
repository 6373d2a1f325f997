/// A paper whose tables are known.
public struct PublishedPaper: Sendable, Equatable {
  /// The name in configs: `shakeout`, …
  public var paper: String
  /// The paper's title.
  public var title: String
  /// The authors; empty where unknown.
  public var authors: [String]
  /// Where it appeared, if known.
  public var venue: String?
  /// When, if known.
  public var year: Int?

  /// The paper in one line, as far as it is known.
  public var citation: String {
    let parts = [authors.isEmpty ? nil : authors.joined(separator: ", "), title, venue]
    return (parts + [year.map(String.init)]).compactMap { $0 }.joined(separator: ". ") + "."
  }
}
