/// What is wrong with a name that a user gives to something: tables, command lines and paths carry
/// it, so that it must be readable and unlike any other that looks the same.
package struct NameProblem: Error, Equatable, Sendable {
  /// What the name does, to follow its subject: `holds U+001B, …`.
  package let predicate: String

  /// The first thing wrong with a name, or nil.
  package init?(in name: String) {
    if let hidden = name.unicodeScalars.first(where: \.isHidden) {
      predicate = "holds \(hidden.code), a character that is not shown"
    } else if let first = name.unicodeScalars.first, first.properties.isWhitespace {
      predicate = "begins with a space, \(first.code)"
    } else if let last = name.unicodeScalars.last, last.properties.isWhitespace {
      predicate = "ends with a space, \(last.code)"
    } else if name.utf8.count > PathComponent.maximumBytes {
      predicate = "is longer than \(PathComponent.maximumBytes) bytes"
    } else {
      return nil
    }
  }

  init(predicate: String) { self.predicate = predicate }
}

/// The name of one file or folder, which cannot lead out of the folder that it lies in.
package struct PathComponent: Hashable, Sendable {
  /// What remains of a file system's 255 bytes is for suffixes.
  package static let maximumBytes = 200

  package let text: String

  /// Stands for a name that was not accepted, so that reading can go on.
  package static let unnamed = PathComponent(unchecked: "unnamed")

  private init(unchecked text: String) { self.text = text }

  /// - Throws: `NameProblem` for what no file or folder of a study may be called.
  package init(_ text: String) throws(NameProblem) {
    if text.isEmpty { throw NameProblem(predicate: "is empty") }
    if let problem = NameProblem(in: text) { throw problem }
    if let separator = text.unicodeScalars.first(where: { "/\\".unicodeScalars.contains($0) }) {
      throw NameProblem(
        predicate: "holds \"\(separator)\", which separates folders")
    }
    if text.hasPrefix(".") { throw NameProblem(predicate: "begins with a full stop") }
    self.text = text
  }
}
