import Canonical

/// A name with the cell's values in it: `"{trainSize}"`, `"{network}, {arm}"`.
package struct NameTemplate: Sendable, Equatable {
  private enum Piece: Equatable { case text(String), key(String) }

  private var pieces: [Piece] = []

  /// As it is written.
  fileprivate var text: String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .key(let key): "{\(key)}"
      }
    }.joined()
  }

  /// Whether it is the same name for every cell.
  var isLiteral: Bool {
    pieces.allSatisfy { if case .text = $0 { true } else { false } }
  }

  init() {}

  /// Reads a template under `key`; problems go to the reader.
  init(reading reader: ObjectReader, key: String) {
    let text = reader.string(key)
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{") {
      pieces.append(.text(String(rest[..<open])))
      rest = rest[rest.index(after: open)...]
      guard let close = rest.firstIndex(of: "}") else {
        reader.report("\"\(key)\" has \"{\" without \"}\"", key: key)
        return
      }
      pieces.append(.key(String(rest[..<close])))
      rest = rest[rest.index(after: close)...]
    }
    pieces.append(.text(String(rest)))
  }

  /// Reports keys that a study does not have, which are axes or `arm`.
  func check(_ key: String, known: [String], _ reader: ObjectReader) {
    for case .key(let name) in pieces where !known.contains(name) {
      reader.reportUnknown(name, of: "key in braces", known, reader.location(of: key))
    }
  }

  /// The name for one arm and its axis values.
  package func text(arm: String, axes: [AxisValue]) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .key("arm"): arm
      case .key(let key): axes.first { $0.key == key }?.value ?? ""
      }
    }.joined()
  }
}

extension Field {
  /// A name with the cell's values in it.
  static func template(_ key: String, _ path: Path<NameTemplate>, _ meaning: String) -> Field {
    value(ConfigKey(key, .required, meaning, schema: Schema.string), path) { reader, _ in
      NameTemplate(reading: reader, key: key)
    } write: {
      .string($0.text)
    }
  }
}
