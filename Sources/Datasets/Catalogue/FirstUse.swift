import Durable

/// Remembers what files looked like whose digests nobody has published: the first contents that
/// were used are what later ones are compared with. One text file of the user's cache; the user
/// removes it to start anew.
struct FirstUse {
  private let path: String

  /// The memory in `folder`, the user's cache.
  init(folder: String) { path = PathName.join(folder, "first-use") }

  /// Compares a file's digest with that of its first use, or records it.
  /// - Parameter key: data set and file, without spaces.
  func check(_ key: String, _ digest: String, file: String) throws(DatasetError) {
    let lines = ((try? FileContents.read(path)).map { String(decoding: $0, as: UTF8.self) } ?? "")
      .split(separator: "\n").map { String($0) }
    if let known = lines.first(where: { $0.hasPrefix(key + " ") })?.dropFirst(key.count + 1) {
      guard known == digest else {
        throw DatasetError(
          .corrupt, file: file,
          "its contents are not those that were used first: their SHA-256 is \(digest), "
            + "then it was \(known)",
          advice: "get the file again; if this is the right one, remove the line \"\(key)\" "
            + "from \(path)")
      }
      return
    }
    let text = (lines + ["\(key) \(digest)"]).joined(separator: "\n") + "\n"
    // A cache that cannot be written remembers nothing, and says nothing.
    try? Folder.create(PathName.parent(of: path))
    try? AtomicFile.write(text, to: path)
  }
}
