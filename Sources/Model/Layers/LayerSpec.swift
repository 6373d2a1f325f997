import Canonical

/// What a layer is, without weights or memory: the engine compiles it, `networks` prints it, and
/// `check` infers shapes from it. Everything about a kind stands in its own file; here all kinds are
/// listed.
package indirect enum LayerSpec: Hashable, Sendable {
  case convolution(ConvolutionSpec)
  case transposedConvolution(TransposedConvolutionSpec)
  case dense(DenseSpec)
  case batchNormalization(BatchNormalizationSpec)
  case pooling(PoolingSpec)
  case globalAveragePooling(GlobalAveragePoolingSpec)
  case localResponseNormalization(LocalResponseNormalizationSpec)
  case activation(ActivationSpec)
  case unitNoise(UnitNoise)
  case reshape(ReshapeSpec)
  case subsampling(SubsamplingSpec)
  case residual(ResidualSpec)
  case concatenation(ConcatenationSpec)

  /// Every kind that a config can name.
  package static let all: [any LayerKind.Type] = [
    ConvolutionSpec.self, TransposedConvolutionSpec.self, DenseSpec.self,
    BatchNormalizationSpec.self, PoolingSpec.self, GlobalAveragePoolingSpec.self,
    LocalResponseNormalizationSpec.self, ActivationSpec.self, UnitNoise.self, ReshapeSpec.self,
    SubsamplingSpec.self, ResidualSpec.self, ConcatenationSpec.self,
  ]

  /// Has a visitor do what it does with layers of this kind.
  package func accept<Visitor: LayerVisitor>(_ visitor: Visitor) -> Visitor.Result {
    switch self {
    case .convolution(let spec): visitor.visit(spec)
    case .transposedConvolution(let spec): visitor.visit(spec)
    case .dense(let spec): visitor.visit(spec)
    case .batchNormalization(let spec): visitor.visit(spec)
    case .pooling(let spec): visitor.visit(spec)
    case .globalAveragePooling(let spec): visitor.visit(spec)
    case .localResponseNormalization(let spec): visitor.visit(spec)
    case .activation(let spec): visitor.visit(spec)
    case .unitNoise(let noise): visitor.visit(noise)
    case .reshape(let spec): visitor.visit(spec)
    case .subsampling(let spec): visitor.visit(spec)
    case .residual(let spec): visitor.visit(spec)
    case .concatenation(let spec): visitor.visit(spec)
    }
  }
}

/// What is done with a layer, kind by kind, in a module above this one. The compiler names the kind
/// that a visitor does not know.
package protocol LayerVisitor {
  associatedtype Result
  func visit(_ spec: ConvolutionSpec) -> Result
  func visit(_ spec: TransposedConvolutionSpec) -> Result
  func visit(_ spec: DenseSpec) -> Result
  func visit(_ spec: BatchNormalizationSpec) -> Result
  func visit(_ spec: PoolingSpec) -> Result
  func visit(_ spec: GlobalAveragePoolingSpec) -> Result
  func visit(_ spec: LocalResponseNormalizationSpec) -> Result
  func visit(_ spec: ActivationSpec) -> Result
  func visit(_ noise: UnitNoise) -> Result
  func visit(_ spec: ReshapeSpec) -> Result
  func visit(_ spec: SubsamplingSpec) -> Result
  func visit(_ spec: ResidualSpec) -> Result
  func visit(_ spec: ConcatenationSpec) -> Result
}

extension LayerSpec {
  /// What the kind says of itself.
  package var spec: any LayerKind {
    switch self {
    case .convolution(let spec): spec
    case .transposedConvolution(let spec): spec
    case .dense(let spec): spec
    case .batchNormalization(let spec): spec
    case .pooling(let spec): spec
    case .globalAveragePooling(let spec): spec
    case .localResponseNormalization(let spec): spec
    case .activation(let spec): spec
    case .unitNoise(let noise): noise
    case .reshape(let spec): spec
    case .subsampling(let spec): spec
    case .residual(let spec): spec
    case .concatenation(let spec): spec
    }
  }

  /// The kind's name in configs and listings.
  package var kind: String { spec.kind }

  package var traits: LayerTraits { spec.traits }

  /// Whether the layer multiplies its input by learned weights: unit noise and linear replacements
  /// attach at its input.
  package var isLinear: Bool { spec is any LinearKind }

  /// Whether the layer itself draws random numbers at each training step.
  package var isRandom: Bool { spec is UnitNoise || spec.replacedBy != nil }

  /// The layers inside, in the order of execution; none for most kinds.
  package var inner: [NamedLayer] { (spec as? any CompositeKind)?.branches.flatMap { $0 } ?? [] }

  /// Reads `kind` and the keys of that kind; nil after an unknown kind.
  init?(reading reader: ObjectReader) {
    let kind = reader.string("kind")
    guard let type = Self.all.first(where: { $0.kinds.contains(kind) }) else {
      if reader.value["kind"] != nil {
        reader.reportUnknown(kind, of: "kind of layer", Self.kinds, reader.location(of: "kind"))
      }
      return nil
    }
    self = Self.read(type, kind, reader)
  }

  private static func read<Kind: LayerKind>(
    _ type: Kind.Type, _ kind: String, _ reader: ObjectReader
  ) -> LayerSpec {
    var spec = type.blank(of: kind)
    _ = spec.read(reader)
    return spec.layer
  }

  /// The JSON Schema of a layer's object.
  package static var schema: JSONValue {
    Schema.anyOf(references.map { Schema.object($0.keys) })
  }

  /// What the definition of that schema is called.
  package static let definition = "layer"

  /// Kinds with the keys of their layers; those of a file that have the same keys together.
  package static var references: [(kinds: [String], keys: [ConfigKey])] {
    all.flatMap { references(of: $0) }
  }

  private static func references<Kind: LayerKind>(
    of type: Kind.Type
  ) -> [(kinds: [String], keys: [ConfigKey])] {
    var groups: [(kinds: [String], keys: [ConfigKey])] = []
    for kind in type.kinds {
      let own = Kind.keys(of: Kind.blank(of: kind))
      if let index = groups.firstIndex(where: { $0.keys.map(\.name) == own.map(\.name) }) {
        groups[index].kinds.append(kind)
      } else {
        groups.append(([kind], own))
      }
    }
    return groups.map { group in
      let leading = [
        ConfigKey("kind", .required, "the kind of layer", schema: Schema.choice(group.kinds)),
        ConfigKey(
          "name", .required, "the layer's name, unique in the network", schema: Schema.string),
      ]
      return (group.kinds, leading + group.keys)
    }
  }

  /// The names of all kinds.
  package static var kinds: [String] { all.flatMap { $0.kinds } }
}
