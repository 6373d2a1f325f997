import Canonical

/// A number that a run measures beside its errors: `sparsity=0.93`.
package struct Measure: Hashable, Sendable {
  /// The name: that of a metric, where tables show it.
  package var name: String
  /// The value; not-a-number where it could not be measured.
  package var value: Double

  package init(name: String, value: Double) {
    self.name = name
    self.value = value
  }

  /// The value of a metric that tables show.
  package init(_ metric: Metric, _ value: Double) { self.init(name: metric.name, value: value) }

  /// `sparsity=0.93`.
  package var text: String { "\(name)=\(value.shortestText)" }

  /// Reads `text`; nil if it is anything else.
  package init?(_ text: Substring) {
    guard let equals = text.lastIndex(of: "="),
      let value = Double(text[text.index(after: equals)...])
    else { return nil }
    self.init(name: String(text[..<equals]), value: value)
  }
}
