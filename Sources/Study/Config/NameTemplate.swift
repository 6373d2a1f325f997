import Canonical

/// A name with the cell's values in it: `"{trainSize}"`, `"{network}, {arm}"`.
package struct NameTemplate: Sendable, Equatable {
  private enum Piece: Equatable { case text(String), key(String) }

  private var pieces: [Piece] = []

  /// Whether it is the same name for every cell.
  var isLiteral: Bool {
    pieces.allSatisfy { if case .text = $0 { true } else { false } }
  }

  /// Reads a template whose keys are axes or `arm`; problems go to the reader.
  init(reading reader: ObjectReader, key: String, known: [String]) {
    let text = reader.string(key)
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{") {
      pieces.append(.text(String(rest[..<open])))
      rest = rest[rest.index(after: open)...]
      guard let close = rest.firstIndex(of: "}") else {
        reader.report("\"\(key)\" has \"{\" without \"}\"", key: key)
        return
      }
      let name = String(rest[..<close])
      if !known.contains(name) {
        reader.reportUnknown(name, of: "key in braces", known, reader.location(of: key))
      }
      pieces.append(.key(name))
      rest = rest[rest.index(after: close)...]
    }
    pieces.append(.text(String(rest)))
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
