import Canonical

/// The network of the Drop-Activation paper's regression (section 5.1): one number in, hidden
/// layers of 1000, 800 and 200 ReLUs, one number out.
public struct RegressionMLP: NetworkFamily {
  /// `regression-mlp`.
  public static let family = "regression-mlp"
  /// On one number.
  public static let references = [
    NetworkReference(RegressionMLP(), FeatureShape(vector: 1), classes: 1)
  ]

  /// Units of the hidden layers.
  public var hidden: [Int]

  /// Chooses the hidden layers.
  public init(hidden: [Int] = [1000, 800, 200]) { self.hidden = hidden }

  /// Reads `hidden`.
  public init(reading reader: FamilyReader) {
    hidden = reader.units("hidden", default: [1000, 800, 200])
  }

  /// Hidden units.
  public var members: [JSONValue.Member] { [.init("hidden", .array(hidden.map { .number($0) }))] }

  /// The network; its output is one number, whatever the number of classes.
  public func network(input: FeatureShape, classes: Int) -> NetworkSpec {
    var network = NetworkSpec.mlp(input: input, hidden: hidden, activation: .relu, classes: 1)
    network.name = name
    network.output = .values
    return network
  }
}
