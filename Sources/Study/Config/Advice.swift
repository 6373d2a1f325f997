import Canonical

/// What to tell a user who wrote a name that does not exist.
enum Advice {
  /// The list of what exists.
  static func among(_ known: [String]) -> String? {
    known.isEmpty ? nil : "known: " + known.map { "\"\($0)\"" }.joined(separator: ", ")
  }

  /// The nearest known name, if one is near, and the list of all in the order given.
  static func among(_ known: [String], insteadOf name: String) -> String? {
    guard !known.isEmpty else { return nil }
    let list = "known: " + known.map { "\"\($0)\"" }.joined(separator: ", ")
    guard let near = Suggestion.nearest(to: name, among: known) else { return list }
    return "did you mean \"\(near)\"? \(list)"
  }
}
