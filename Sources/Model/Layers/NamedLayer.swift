import Canonical

/// A layer and its name, which prefixes its parameters (`conv1.weight`) and names its sites
/// (`conv1.input`). Layers inside a residual addition or a concatenation carry their full names
/// (`layer1.0.conv1`), so that a parameter is found under the same name anywhere.
package struct NamedLayer: Hashable, Sendable {
  /// The name, unique in the network.
  package var name: String
  package var layer: LayerSpec

  package init(_ name: String, _ layer: LayerSpec) {
    self.name = name
    self.layer = layer
  }

  /// Whether `name` can name a layer: letters, digits, `_`, `-` and `.` between them.
  static func isLegal(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && !name.hasSuffix(".")
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
  }
}

extension NamedLayer {
  /// Reads `{"kind": "convolution", "name": "conv1", "outputs": 32, …}`; nil after an unknown kind.
  init?(reading reader: ObjectReader) {
    let name = reader.string("name")
    if reader.value["name"]?.stringValue != nil, !Self.isLegal(name) {
      reader.report(
        "a layer's name consists of letters, digits, \"_\", \"-\" and inner \".\"", key: "name")
    }
    guard let layer = LayerSpec(reading: reader) else { return nil }
    reader.finish()
    self.init(name, layer)
  }

  /// The canonical form: kind, name and every hyper-parameter.
  package var json: JSONValue {
    .object(
      [.init("kind", .string(layer.kind)), .init("name", .string(name))] + layer.spec.jsonMembers)
  }

  /// Reads the list of layers under `key`.
  static func list(
    _ key: String, mayBeEmpty: Bool = false, _ reader: ObjectReader
  ) -> [NamedLayer] {
    let layers = reader.objects(key) { NamedLayer(reading: $0) }.compactMap { $0 }
    if !mayBeEmpty, reader.raw(key)?.elements.map(\.isEmpty) ?? (reader.raw(key) == nil) {
      reader.report("\"\(key)\" must list at least one layer", key: key)
    }
    return layers
  }
}

extension Field {
  /// A list of layers; a branch that may be absent may be empty too.
  static func layers(
    _ name: String, _ path: Path<[NamedLayer]>, _ presence: Presence, _ meaning: String
  ) -> Field {
    let layer = Schema.reference(LayerSpec.definition)
    let schema = presence == .required ? Schema.filledList(of: layer) : Schema.list(of: layer)
    return value(ConfigKey(name, presence, meaning, schema: schema), path) { reader, _ in
      NamedLayer.list(name, mayBeEmpty: presence == .optional, reader)
    } write: {
      .array($0.map(\.json))
    }
  }
}

// Short spellings for the families, which list their layers as the papers' tables do.
extension NamedLayer {
  static func convolution(
    _ name: String, _ outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0,
    groups: Int = 1, bias: Bool = true, initializer: Initializer? = nil
  ) -> NamedLayer {
    NamedLayer(
      name,
      .convolution(
        ConvolutionSpec(
          outputs: outputs, kernel: kernel, stride: stride, padding: padding, groups: groups,
          hasBias: bias, initializer: initializer)))
  }

  static func dense(
    _ name: String, _ outputs: Int, bias: Bool = true, initializer: Initializer? = nil
  ) -> NamedLayer {
    NamedLayer(
      name, .dense(DenseSpec(outputs: outputs, hasBias: bias, initializer: initializer)))
  }

  static func batchNormalization(_ name: String) -> NamedLayer {
    NamedLayer(name, .batchNormalization(BatchNormalizationSpec()))
  }

  static func relu(_ name: String) -> NamedLayer { NamedLayer(name, .activation(.init(.relu))) }

  static func maxPooling(_ name: String, window: Int = 2, stride: Int = 2) -> NamedLayer {
    NamedLayer(name, .pooling(PoolingSpec(.max, window: window, stride: stride)))
  }

  static func averagePooling(_ name: String, window: Int = 2, stride: Int = 2) -> NamedLayer {
    NamedLayer(name, .pooling(PoolingSpec(.average, window: window, stride: stride)))
  }

  static func globalAveragePooling(_ name: String) -> NamedLayer {
    NamedLayer(name, .globalAveragePooling(GlobalAveragePoolingSpec()))
  }

  /// Dropout at the input of the layer called `layer`; nothing at rate 0.
  static func dropout(_ drop: Double, before layer: String) -> [NamedLayer] {
    drop > 0 ? [NamedLayer("\(layer).input", .unitNoise(.dropout(drop: drop)))] : []
  }
}
