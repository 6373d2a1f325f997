import Canonical
import Model
import Report

/// A network's layers and sums, as text and as JSON.
struct NetworkDescription {
  let spec: NetworkSpec
  let layers: [NetworkSpec.PlacedLayer]
  let parameters: Int
  let multiplyAdds: Int

  /// - Throws: `ShapeError` where a layer does not fit its input.
  init(_ spec: NetworkSpec) throws(ShapeError) {
    self.spec = spec
    layers = try spec.placedLayers()
    parameters = try spec.parameterCount()
    multiplyAdds = try spec.multiplyAdds()
  }

  /// One line a network.
  static func table(_ networks: [NetworkDescription]) -> String {
    var columns = TextColumns(["network", "input", "parameters", "multiply-adds"])
    for network in networks {
      columns.append([
        network.spec.name, network.spec.input.description, DecimalText.grouped(network.parameters),
        DecimalText.grouped(network.multiplyAdds),
      ])
    }
    return columns.text
  }

  /// One line a layer, then the sums and the sites.
  var text: String {
    var columns = TextColumns(
      ["layer", "kind", "output", "parameters", "multiply-adds"], leftAligned: [0, 1])
    columns.append(["input", "", spec.input.description, "", ""])
    for layer in layers {
      columns.append([
        layer.name, layer.layer.kind, layer.output.description,
        DecimalText.grouped(layer.parameters.reduce(0) { $0 + $1.count }),
        DecimalText.grouped(layer.multiplyAdds),
      ])
    }
    columns.append([
      spec.name, "", "", DecimalText.grouped(parameters), DecimalText.grouped(multiplyAdds),
    ])
    return columns.text + "sites: \(spec.linearSites.joined(separator: ", "))\n"
  }

  /// Everything that `text` shows, and the parameters' names and shapes.
  var json: JSONValue {
    .object([
      "name": .string(spec.name), "input": Self.json(spec.input),
      "parameters": .number(parameters), "multiply_adds": .number(multiplyAdds),
      "sites": .array(spec.linearSites.map { .string($0) }),
      "layers": .array(layers.map(Self.json)),
    ])
  }

  private static func json(_ shape: FeatureShape) -> JSONValue {
    .array([.number(shape.channels), .number(shape.height), .number(shape.width)])
  }

  private static func json(_ layer: NetworkSpec.PlacedLayer) -> JSONValue {
    .object([
      "name": .string(layer.name), "kind": .string(layer.layer.kind),
      "output": json(layer.output), "multiply_adds": .number(layer.multiplyAdds),
      "parameters": .array(
        layer.parameters.map {
          .object([
            "name": .string($0.name), "shape": .array($0.shape.map { .number($0) }),
          ])
        }),
    ])
  }
}
