import Canonical

/// One of the seven places where a regularizer attaches, in the order of application.
package enum Attachment: String, CaseIterable, Sendable {
  /// Changes a training image before the network sees it.
  case dataTransform
  /// Multiplies units by noise.
  case unitNoise
  /// Takes the place of a linear layer's product.
  case linearReplacement
  /// Takes the place of an activation.
  case activationReplacement
  /// Adds to the loss of a sample.
  case lossTerm
  /// Acts on the weights: gradient part, then proximal part after the step.
  case penalty
  /// Wraps training or prediction as a whole.
  case procedure
}

/// A regularizer as a config describes it. One file holds one: its keys, their ranges, where it
/// attaches and how it changes the network's specification.
package protocol Regularizer: Configurable {
  /// The `"name"` in configs.
  static var name: String { get }
  /// Where it attaches.
  static var attachment: Attachment { get }
  /// What it does, in one line for listings, without a full stop.
  static var summary: String { get }
  /// One with usual values, whose canonical form shows the keys in listings.
  static var example: any Regularizer { get }
  /// The network with this regularizer in it.
  /// - Throws: `RegularizerConflict` where it cannot attach.
  func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec
}

extension Regularizer {
  /// The canonical form, `"name"` included.
  package var json: JSONValue { .object([.init("name", .string(Self.name))] + jsonMembers) }

  /// The JSON Schema of its object.
  package static var schema: JSONValue {
    Schema.object([ConfigKey("name", .required, summary, schema: Schema.constant(name))] + keys)
  }

  /// What the definition of its schema is called.
  package static var definition: String { "regularizer-\(name)" }
}

/// Why a regularizer cannot attach to a network, or beside another one.
package struct RegularizerConflict: ReportedError, Equatable {
  /// The regularizer's name.
  package var regularizer: String
  /// Why, in one sentence without a full stop.
  package var problem: String

  package init(_ regularizer: String, _ problem: String) {
    self.regularizer = regularizer
    self.problem = problem
  }

  package var kind: ErrorKind { .usage }
  package var message: String { "\(regularizer): \(problem)" }
  package var advice: String? { nil }
}

/// All regularizers, one line each.
package enum RegularizerRegistry {
  /// The types, in the order of the documentation.
  package static let all: [any Regularizer.Type] =
    DataTransformRegistry.kinds.all + [
      Dropout.self,
      GaussianDropout.self,
      StochasticDepth.self,
      Shakeout.self,
      DropConnect.self,
      DropActivation.self,
      RReLU.self,
      MarginalizedNoise.self,
      L1.self,
      L2.self,
    ] + ProcedureRegistry.kinds.all

  /// The keys of a regularizer that mean the same as `key`, itself included; none for what does not
  /// exist.
  package static func keys(likewise key: String, of name: String) -> [ConfigKey] {
    all.first { $0.name == name }?.keys(likewise: key) ?? []
  }

  /// Reads `{"name": …}` with the keys of that regularizer; nil after an unknown name.
  package static func read(_ reader: ObjectReader) -> (any Regularizer)? {
    let name = reader.string("name")
    guard let type = all.first(where: { $0.name == name }) else {
      if reader.value["name"] != nil {
        reader.reportUnknown(
          name, of: "regularizer", all.map { $0.name }, reader.location(of: "name"))
      }
      return nil
    }
    return type.init(reading: reader)
  }
}

extension Kinds where repeat each Kind: Regularizer {
  var all: [any Regularizer.Type] {
    var types: [any Regularizer.Type] = []
    repeat types.append((each Kind).self)
    return types
  }
}

extension NetworkSpec {
  /// The network with all regularizers attached, in the order of their attachments.
  /// - Throws: `RegularizerConflict` for the first that cannot attach.
  package func attaching(
    _ regularizers: [any Regularizer]
  ) throws(RegularizerConflict) -> NetworkSpec {
    var network = self
    for attachment in Attachment.allCases {
      for regularizer in regularizers where type(of: regularizer).attachment == attachment {
        network = try regularizer.attached(to: network)
      }
    }
    return network
  }
}
