import Canonical

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
    .object([.init("kind", .string(layer.kind)), .init("name", .string(name))] + layer.members)
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

extension LayerSpec {
  /// Every kind that a config can name.
  package static let kinds =
    [
      "averagePooling", "batchNormalization", "concatenation", "convolution", "dense", "dropout",
      "gaussianDropout", "globalAveragePooling", "localResponseNormalization", "maxPooling",
      "reshape", "residual", "scaledDropout", "stochasticDepth", "subsampling",
      "transposedConvolution",
    ] + ActivationSpec.Function.allCases.map(\.rawValue)

  /// Reads `kind` and the keys of that kind; nil after an unknown kind.
  init?(reading reader: ObjectReader) {
    let kind = reader.string("kind")
    switch kind {
    case "convolution": self = .convolution(ConvolutionSpec(reading: reader))
    case "transposedConvolution":
      self = .transposedConvolution(TransposedConvolutionSpec(reading: reader))
    case "dense": self = .dense(DenseSpec(reading: reader))
    case "batchNormalization": self = .batchNormalization(BatchNormalizationSpec(reading: reader))
    case "maxPooling": self = .pooling(PoolingSpec(.max, reading: reader))
    case "averagePooling": self = .pooling(PoolingSpec(.average, reading: reader))
    case "globalAveragePooling": self = .globalAveragePooling
    case "localResponseNormalization":
      self = .localResponseNormalization(LocalResponseNormalizationSpec(reading: reader))
    case "reshape": self = .reshape(ReshapeSpec(reading: reader))
    case "subsampling": self = .subsampling(SubsamplingSpec(reading: reader))
    case "residual": self = .residual(ResidualSpec(reading: reader))
    case "concatenation": self = .concatenation(ConcatenationSpec(reading: reader))
    default:
      if let noise = UnitNoise(kind: kind, reading: reader) {
        self = .unitNoise(noise)
        return
      }
      guard let function = ActivationSpec.Function(rawValue: kind) else {
        if reader.value["kind"] != nil {
          reader.reportUnknown(kind, of: "kind of layer", Self.kinds, reader.location(of: "kind"))
        }
        return nil
      }
      self = .activation(ActivationSpec(function, reading: reader))
    }
  }

  /// The hyper-parameters, written out.
  var members: [JSONValue.Member] {
    switch self {
    case .convolution(let spec): spec.members
    case .transposedConvolution(let spec): spec.members
    case .dense(let spec): spec.members
    case .batchNormalization(let spec): spec.members
    case .pooling(let spec): spec.members
    case .globalAveragePooling: []
    case .localResponseNormalization(let spec): spec.members
    case .activation(let spec): spec.members
    case .unitNoise(let noise): noise.members
    case .reshape(let spec): spec.members
    case .subsampling(let spec): spec.members
    case .residual(let spec): spec.members
    case .concatenation(let spec): spec.members
    }
  }

  /// A layer's own initialiser, if it has one.
  static func members(of initializer: Initializer?) -> [JSONValue.Member] {
    initializer.map { [.init("initializer", $0.json)] } ?? []
  }
}
