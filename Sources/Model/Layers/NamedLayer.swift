import Canonical

/// A layer and its name, which prefixes its parameters (`conv1.weight`) and names its sites
/// (`conv1.input`). Layers inside a residual addition or a concatenation carry their full names
/// (`layer1.0.conv1`), so that a parameter is found under the same name anywhere.
package struct NamedLayer: Hashable, Sendable {
  /// The name, unique in the network.
  package var name: String
  package var layer: LayerSpec

  /// Names a layer.
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
    NamedLayer(name, .globalAveragePooling)
  }

  /// Dropout at the input of the layer called `layer`; nothing at rate 0.
  static func dropout(_ drop: Double, before layer: String) -> [NamedLayer] {
    drop > 0 ? [NamedLayer("\(layer).input", .unitNoise(.dropout(drop: drop)))] : []
  }
}
