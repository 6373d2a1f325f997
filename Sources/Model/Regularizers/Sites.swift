import Canonical

/// Where in a network a regularizer attaches: names such as `fc2.input`, patterns with one `*` such
/// as `block1.*`, or nothing for the network's own default.
package struct Sites: Hashable, Sendable {
  /// The names as written; empty for the default.
  package var names: [String]

  /// Sites by name; empty for the default.
  package init(_ names: [String] = []) { self.names = names }

  /// The layers, by name, whose inputs are meant.
  func linearLayers(
    of network: NetworkSpec, for regularizer: String
  ) throws(RegularizerConflict) -> [String] {
    let chosen = try chosen(
      among: network.linearSites, default: network.defaultSites, of: network, for: regularizer)
    return chosen.map { String($0.dropLast(".input".count)) }
  }

  /// The activations, by name, that are meant: by default all that are legal.
  func activations(
    of network: NetworkSpec, among legal: [String], for regularizer: String
  ) throws(RegularizerConflict) -> [String] {
    guard !legal.isEmpty else {
      throw RegularizerConflict(
        regularizer, "\(network.name) has no activation that it could replace")
    }
    return try chosen(among: legal, default: legal, of: network, for: regularizer)
  }

  /// The residual additions, by name, that are meant: by default all.
  func residuals(
    of network: NetworkSpec, for regularizer: String
  ) throws(RegularizerConflict) -> [String] {
    let legal = network.residualSites
    guard !legal.isEmpty else {
      throw RegularizerConflict(regularizer, "\(network.name) has no residual branches")
    }
    return try chosen(among: legal, default: legal, of: network, for: regularizer)
  }

  private func chosen(
    among legal: [String], default usual: [String], of network: NetworkSpec,
    for regularizer: String
  ) throws(RegularizerConflict) -> [String] {
    guard !names.isEmpty else { return usual }
    return try NamePattern.names(of: names, among: legal) { name in
      let near = Suggestion.nearest(to: name, among: legal).map { "; did you mean \"\($0)\"?" }
      return RegularizerConflict(
        regularizer,
        "\(network.name) has no site \"\(name)\"\(near ?? "") (sites: "
          + "\(legal.joined(separator: ", ")))")
    }
  }
}
