import Canonical

/// Residual addition (He et al. 2016): output = body(input) + shortcut(input).
package struct ResidualSpec: Hashable, Sendable {
  /// The layers of the learned branch.
  package var body: [NamedLayer]
  /// The layers of the other branch; none is the identity.
  package var shortcut: [NamedLayer]

  /// Describes a residual addition.
  package init(body: [NamedLayer], shortcut: [NamedLayer] = []) {
    self.body = body
    self.shortcut = shortcut
  }

  init(reading reader: ObjectReader) {
    body = NamedLayer.list("body", reader)
    shortcut = NamedLayer.list("shortcut", mayBeEmpty: true, reader)
  }

  var members: [JSONValue.Member] {
    [
      .init("body", .array(body.map(\.json))), .init("shortcut", .array(shortcut.map(\.json))),
    ]
  }

  func outputShape(
    body: FeatureShape, shortcut: FeatureShape, name: String
  ) throws(ShapeError) -> FeatureShape {
    guard body == shortcut else {
      throw ShapeError(
        layer: name, "the body gives \(body), the shortcut \(shortcut); they cannot be added")
    }
    return body
  }
}
