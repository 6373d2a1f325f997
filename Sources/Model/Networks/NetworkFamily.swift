import Canonical

/// A family of networks as a config chooses one: its parameters, still without input shape and
/// number of classes, which the data set gives. One file holds one family.
package protocol NetworkFamily: Configurable, Hashable {
  /// The family's name, the first part of its networks' names: `wrn`.
  static var family: String { get }
  /// What follows the family's name, for example `DEPTH-WIDENING`; empty where the name says it all.
  static var parameterForm: String { get }
  /// Images in an update as the papers and their codes have it, less where that would take minutes.
  static var usualBatch: Int { get }
  /// The networks that listings show, on the inputs of the papers.
  static var references: [NetworkReference] { get }
  /// The full name, for example `wrn-16-4`.
  var name: String { get }
  /// The network for a data set's image shape and number of classes.
  func network(input: FeatureShape, classes: Int) -> NetworkSpec
}

extension NetworkFamily {
  /// Most families have no parameters in the name.
  package static var parameterForm: String { "" }
  /// The family's name, where that says it all.
  package var name: String { Self.family }
}

/// A network that listings show, with the input and classes that its paper uses.
package struct NetworkReference: Sendable {
  /// The choice as a config would write it.
  package var choice: NetworkChoice
  /// One sample's shape.
  package var input: FeatureShape
  /// Number of classes.
  package var classes: Int

  init(_ family: some NetworkFamily, _ input: FeatureShape, classes: Int) {
    choice = NetworkChoice(family)
    self.input = input
    self.classes = classes
  }

  package var network: NetworkSpec { choice.network(input: input, classes: classes) }
}
