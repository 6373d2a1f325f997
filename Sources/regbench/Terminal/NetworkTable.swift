import Model
import Report

/// Networks and their layers as text.
enum NetworkTable {
  /// One line a network.
  static func list(_ networks: [NetworkDescription]) -> String {
    let choices = networks.compactMap(\.choice)
    let rows = networks.map { network in
      [
        network.choice?.label(among: choices) ?? network.spec.name, network.spec.input.description,
        (network.tree.last?.output ?? network.spec.input).description,
        DecimalText.grouped(network.parameters), DecimalText.grouped(network.multiplyAdds),
      ]
    }
    return TextRenderer.text(
      [
        .table(
          Table(header: ["network", "input", "output", "parameters", "multiply-adds"], rows: rows))
      ], width: nil)
  }

  /// One line a layer, what is inside a residual addition or a concatenation before it, then the
  /// sums and the sites.
  static func layers(of network: NetworkDescription) -> String {
    let layers = network.layers.map { layer in
      [
        layer.name, layer.layer.kind, layer.output.description,
        DecimalText.grouped(layer.parameters.reduce(0) { $0 + $1.count }),
        DecimalText.grouped(layer.multiplyAdds),
      ]
    }
    let input = ["input", "", network.spec.input.description, "", ""]
    let sums = [
      network.spec.name, "", "", DecimalText.grouped(network.parameters),
      DecimalText.grouped(network.multiplyAdds),
    ]
    return TextRenderer.text(
      [
        .table(
          Table(
            header: ["layer", "kind", "output", "parameters", "multiply-adds"],
            rows: [input] + layers + [sums], words: [1])),
        .paragraph("sites: \(network.spec.linearSites.joined(separator: ", "))"),
        .paragraph("default: \(network.spec.defaultSites.joined(separator: ", "))"),
      ], width: nil)
  }
}
