import Canonical

/// The input's channels followed by those that the body makes of it, as in DenseNet: output =
/// [input | body(input)]. A chain of concatenations can live in one buffer, because each leaves the
/// channels before it where they are.
package struct ConcatenationSpec: Hashable, Sendable {
  /// The layers that make the new channels, without changing rows and columns.
  package var body: [NamedLayer]

  /// Describes a concatenation.
  package init(body: [NamedLayer]) { self.body = body }

  init(reading reader: ObjectReader) { body = NamedLayer.list("body", reader) }

  var members: [JSONValue.Member] { [.init("body", .array(body.map(\.json)))] }

  func outputShape(
    of input: FeatureShape, body: FeatureShape, name: String
  ) throws(ShapeError) -> FeatureShape {
    guard body.height == input.height, body.width == input.width else {
      throw ShapeError(
        layer: name, "the body makes a map of \(body) from \(input), which cannot be concatenated")
    }
    return FeatureShape(
      height: input.height, width: input.width, channels: input.channels + body.channels)
  }
}
