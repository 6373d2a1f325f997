/// Takes paths apart and puts them together, as text.
package enum PathName {
  /// `folder/name`; an absolute `name` stands for itself.
  package static func join(_ folder: String, _ name: String) -> String {
    if folder.isEmpty || name.hasPrefix("/") { return name }
    return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// What stands after the last slash: the whole path if there is none.
  package static func last(of path: String) -> String {
    let trimmed = trim(path)
    guard let slash = trimmed.lastIndex(of: "/"), trimmed != "/" else { return String(trimmed) }
    return String(trimmed[trimmed.index(after: slash)...])
  }

  /// What stands before the last slash: `.` if there is none.
  package static func parent(of path: String) -> String {
    let trimmed = trim(path)
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trim(trimmed[..<slash]))
  }

  private static func trim(_ path: some StringProtocol) -> Substring {
    var rest = Substring(path)
    while rest.count > 1, rest.hasSuffix("/") { rest.removeLast() }
    return rest
  }
}
