/// An array that a layer measures in training and uses in evaluation. It is no parameter: no
/// gradient reaches it, no optimizer and no penalty sees it, and no count includes it.
public struct StatisticSpec: Hashable, Sendable {
  /// The full name as PyTorch's state dictionaries have it, for example `bn1.running_mean`.
  public var name: String
  /// The shape.
  public var shape: [Int]
  /// Every element's value before training.
  public var start: Double

  /// Describes a statistic.
  public init(name: String, shape: [Int], start: Double) {
    self.name = name
    self.shape = shape
    self.start = start
  }

  /// How many numbers it holds.
  public var count: Int { shape.reduce(1, *) }
}
