extension Sequence {
  /// One element for each key, in the order in which the keys first occur.
  package func unique<Key: Hashable>(by key: (Element) -> Key) -> [Element] {
    var seen: Set<Key> = []
    return filter { seen.insert(key($0)).inserted }
  }
}

extension Sequence where Element: Hashable {
  /// Each element once, in the order in which they first occur.
  package var unique: [Element] { unique { $0 } }
}
