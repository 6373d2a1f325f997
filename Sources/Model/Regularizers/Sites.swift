import Canonical

/// Where in a network a regularizer attaches: names such as `fc2.input`, or nothing for the
/// network's own default.
public struct Sites: Hashable, Sendable {
  /// The names as written; empty for the default.
  public var names: [String]

  /// Sites by name; empty for the default.
  public init(_ names: [String] = []) { self.names = names }

  /// Reads `"at": "fc2.input"` or a list.
  public init(reading reader: ObjectReader) {
    if let one = reader.raw("at")?.stringValue {
      names = [one]
    } else {
      names = reader.strings("at", default: [])
    }
  }

  /// The canonical form.
  public var json: JSONValue { .array(names.map { .string($0) }) }

  /// The layers, by name, whose inputs are meant.
  func linearLayers(
    of network: NetworkSpec, for regularizer: String
  ) throws(RegularizerConflict) -> [String] {
    let legal = network.linearSites
    let chosen = names.isEmpty ? network.defaultSites : names
    for name in chosen where !legal.contains(name) {
      let near = Suggestion.nearest(to: name, among: legal).map { "; did you mean \"\($0)\"?" }
      throw RegularizerConflict(
        regularizer,
        "\(network.name) has no site \"\(name)\"\(near ?? "") (sites: "
          + "\(legal.joined(separator: ", ")))")
    }
    return chosen.map { String($0.dropLast(".input".count)) }
  }
}
