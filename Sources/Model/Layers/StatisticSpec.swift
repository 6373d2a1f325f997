/// An array that a layer measures in training and uses in evaluation. It is no parameter: no
/// gradient reaches it, no optimizer and no penalty sees it, and no count includes it.
package struct StatisticSpec: Hashable, Sendable {
  /// The full name as PyTorch's state dictionaries have it, for example `bn1.running_mean`.
  package var name: String
  package var shape: [Int]
  /// Every element's value before training.
  package var start: Double

  /// Describes a statistic.
  package init(name: String, shape: [Int], start: Double) {
    self.name = name
    self.shape = shape
    self.start = start
  }

  /// How many numbers it holds.
  package var count: Int { shape.reduce(1, *) }
}
