import Canonical
import Model

/// Which learned arrays are looked at: names such as `fc1.weight`, patterns with one `*` such as
/// `*.weight`, or nothing for a measurement's own default.
package struct MeasuredParameters: Hashable, Sendable {
  /// The names as written; empty for the default.
  package var names: [String]

  /// Parameters by name; empty for the default.
  package init(_ names: [String] = []) { self.names = names }

  /// The full names that are meant.
  /// - Throws: `MeasurementMisfit` for a name that matches none.
  func chosen(
    among legal: [ParameterSpec], default usual: [String], of network: NetworkSpec
  ) throws(MeasurementMisfit) -> [String] {
    let known = legal.map(\.name)
    return try NamePattern.names(of: names.isEmpty ? usual : names, among: known) { name in
      MeasurementMisfit(
        "\(network.name) has no weights \"\(name)\"",
        advice: Advice.among(known, insteadOf: name))
    }
  }
}

extension MeasuredCell {
  /// The weights of the layers where noise attaches by default: what the papers' figures look at.
  var maskedWeights: [String] {
    network.defaultSites.map { $0.dropLast(".input".count) + ".weight" }
  }
}
