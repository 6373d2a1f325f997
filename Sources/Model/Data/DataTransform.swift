import Canonical

/// A regularizer that changes training images before the network sees them; validation and test
/// images never meet one.
///
/// All but the noise act on pixels from 0 to 255, in written order, before they are normalized.
/// A pixel that is cut out, or moved in from outside, can become *void*: it is 0 after
/// normalization, the mean of what is normalized. Draws depend on seed, trial, epoch and image
/// alone, and one transform's draws do not depend on the others'.
package protocol DataTransform: Regularizer {
  func problem(on shape: FeatureShape) -> String?
}

/// All transforms, one line each.
package enum DataTransformRegistry {
  package static let kinds = Kinds(
    PadCrop.self,
    Flip.self,
    Rotation.self,
    Brightness.self,
    AutoAugment.self,
    Cutout.self,
    InputNoise.self)
}

extension DataTransform {
  /// In front of the network.
  package static var attachment: Attachment { .dataTransform }

  /// The network as it is; only the images change.
  package func attached(to network: NetworkSpec) throws(RegularizerConflict) -> NetworkSpec {
    if let problem = problem(on: network.input) {
      throw RegularizerConflict(Self.name, problem)
    }
    return network
  }
}

/// Transforms in the order in which they act.
package struct Augmentation: Hashable, Sendable {
  package var steps: [any DataTransform]

  /// Transforms in the order in which they act.
  package init(_ steps: [any DataTransform] = []) { self.steps = steps }

  /// Reads the list under `key`; empty where it is absent.
  package init(_ key: String, of reader: ObjectReader) {
    steps = reader.objects(key) { inner -> (any DataTransform)? in
      guard let regularizer = RegularizerRegistry.read(inner) else { return nil }
      if let transform = regularizer as? any DataTransform { return transform }
      inner.report(
        "\"\(type(of: regularizer).name)\" does not change images", key: "name",
        advice: "it belongs into an arm's \"regularizers\"")
      return nil
    }.compactMap { $0 }
  }

  package var json: JSONValue { .array(steps.map { $0.json }) }

  /// The JSON Schema of the list.
  static var schema: JSONValue {
    Schema.list(
      of: Schema.anyOf(
        RegularizerRegistry.all.filter { $0.attachment == .dataTransform }.map {
          Schema.reference($0.definition)
        }))
  }

  /// Augmentations are equal when their canonical forms are.
  package static func == (a: Augmentation, b: Augmentation) -> Bool {
    a.json.canonicalText == b.json.canonicalText
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(json.canonicalText) }
}

/// What stands where an image was moved away.
package enum Fill: String, CaseIterable, Sendable {
  /// Black, 0 before normalization.
  case zero
  /// Void, 0 after normalization.
  case mean
  /// The image mirrored at its border, the border itself not repeated.
  case reflect
}
