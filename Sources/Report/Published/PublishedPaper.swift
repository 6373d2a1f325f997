/// A paper whose tables are known.
package struct PublishedPaper: Sendable, Equatable {
  /// The name in configs: `shakeout`, …
  package var paper: String
  /// What its method is called.
  package var name: String
  /// The paper's title.
  package var title: String
  /// The authors; empty where unknown.
  package var authors: [String]
  /// Where it appeared, if known.
  package var venue: String?
  /// When, if known.
  package var year: Int?

  /// The paper in one line, as far as it is known.
  package var citation: String {
    var parts = authors.isEmpty ? [title] : [authors.joined(separator: ", "), title]
    if let venue { parts.append(venue) }
    if let year { parts.append(String(year)) }
    return parts.joined(separator: ". ") + "."
  }
}
