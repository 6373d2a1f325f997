import Canonical

/// A remark of the study's author, usually about what the paper leaves open.
package struct Note: Sendable, Equatable {
  /// The object that it is about.
  package let path: DocumentPath
  /// What it says.
  package let text: String
  /// Where it stands.
  package let location: SourceLocation

  /// Every note of a document in written order.
  static func all(in document: JSONValue, path: DocumentPath = .root) -> [Note] {
    let members = (document.members ?? []).flatMap { member in
      if member.name == "note", let text = member.value.stringValue {
        return [Note(path: path, text: text, location: member.value.location)]
      }
      return all(in: member.value, path: path.appending(member.name))
    }
    let elements = (document.elements ?? []).enumerated().flatMap { index, element in
      all(in: element, path: path.appending(element["name"]?.stringValue ?? String(index)))
    }
    return members + elements
  }
}
