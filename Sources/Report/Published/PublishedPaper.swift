/// A paper whose tables are known.
public struct PublishedPaper: Sendable, Equatable {
  /// The name in configs: `shakeout`, …
  public var paper: String
  /// What its method is called.
  public var name: String
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
    var parts = authors.isEmpty ? [title] : [authors.joined(separator: ", "), title]
    if let venue { parts.append(venue) }
    if let year { parts.append(String(year)) }
    return parts.joined(separator: ". ") + "."
  }
}
