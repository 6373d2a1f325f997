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

/// The cases of `LayerSpec` without what they hold, so that they can be listed. Every kind names its
/// own, and a kind that is none of these does not compile.
package enum LayerType: String, CaseIterable, Sendable {
  case convolution, transposedConvolution, dense, batchNormalization, pooling, globalAveragePooling
  case localResponseNormalization, activation, unitNoise, reshape, subsampling, residual
  case concatenation

  /// A layer of each kind, where reading starts.
  fileprivate var blanks: [any LayerKind] {
    switch self {
    case .convolution: ConvolutionSpec.blanks
    case .transposedConvolution: TransposedConvolutionSpec.blanks
    case .dense: DenseSpec.blanks
    case .batchNormalization: BatchNormalizationSpec.blanks
    case .pooling: PoolingSpec.blanks
    case .globalAveragePooling: GlobalAveragePoolingSpec.blanks
    case .localResponseNormalization: LocalResponseNormalizationSpec.blanks
    case .activation: ActivationSpec.blanks
    case .unitNoise: UnitNoise.blanks
    case .reshape: ReshapeSpec.blanks
    case .subsampling: SubsamplingSpec.blanks
    case .residual: ResidualSpec.blanks
    case .concatenation: ConcatenationSpec.blanks
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

  /// A layer of every kind that a config can name, where reading starts.
  private static let blanks = LayerType.allCases.flatMap(\.blanks)

  /// The names of all kinds.
  package static let kinds = blanks.map(\.kind)

  /// Reads `kind` and the keys of that kind; nil after an unknown kind.
  init?(reading reader: ObjectReader) {
    let kind = reader.string("kind")
    guard var spec = Self.blanks.first(where: { $0.kind == kind }) else {
      if reader.value["kind"] != nil {
        reader.reportUnknown(kind, of: "kind of layer", Self.kinds, reader.location(of: "kind"))
      }
      return nil
    }
    _ = spec.read(reader)
    self = spec.layer
  }

  /// The JSON Schema of a layer's object.
  package static var schema: JSONValue {
    Schema.anyOf(references.map { Schema.object($0.keys) })
  }

  /// What the definition of that schema is called.
  package static let definition = "layer"

  /// Kinds with the keys of their layers; those of a file that have the same keys together.
  package static var references: [(kinds: [String], keys: [ConfigKey])] {
    LayerType.allCases.flatMap(references)
  }

  private static func references(
    of type: LayerType
  ) -> [(kinds: [String], keys: [ConfigKey])] {
    var groups: [(kinds: [String], keys: [ConfigKey])] = []
    for layer in type.blanks {
      let own = layer.ownKeys
      if let index = groups.firstIndex(where: { $0.keys.map(\.name) == own.map(\.name) }) {
        groups[index].kinds.append(layer.kind)
      } else {
        groups.append(([layer.kind], own))
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
}

extension LayerKind {
  /// The keys of layers of this kind.
  fileprivate var ownKeys: [ConfigKey] { Self.keys(of: self) }
}
