import Model
import Report

/// Networks and their layers as text.
enum NetworkTable {
  /// One line a network.
  static func list(_ networks: [NetworkDescription]) -> String {
    var columns = TextColumns(["network", "input", "output", "parameters", "multiply-adds"])
    let choices = networks.compactMap(\.choice)
    for network in networks {
      columns.append([
        network.choice?.label(among: choices) ?? network.spec.name, network.spec.input.description,
        (network.tree.last?.output ?? network.spec.input).description,
        DecimalText.grouped(network.parameters), DecimalText.grouped(network.multiplyAdds),
      ])
    }
    return columns.text
  }

  /// One line a layer, what is inside a residual addition or a concatenation before it, then the
  /// sums and the sites.
  static func layers(of network: NetworkDescription) -> String {
    var columns = TextColumns(
      ["layer", "kind", "output", "parameters", "multiply-adds"], leftAligned: [0, 1])
    columns.append(["input", "", network.spec.input.description, "", ""])
    for layer in network.layers {
      columns.append([
        layer.name, layer.layer.kind, layer.output.description,
        DecimalText.grouped(layer.parameters.reduce(0) { $0 + $1.count }),
        DecimalText.grouped(layer.multiplyAdds),
      ])
    }
    columns.append([
      network.spec.name, "", "", DecimalText.grouped(network.parameters),
      DecimalText.grouped(network.multiplyAdds),
    ])
    return columns.text + "sites: \(network.spec.linearSites.joined(separator: ", "))\n"
      + "default: \(network.spec.defaultSites.joined(separator: ", "))\n"
  }
}
