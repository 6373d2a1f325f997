import Canonical
import Durable
import Glibc

/// Digests remembered in a text file of the user's cache, a line each: what they are of, and the
/// digest. Processes that record at the same time lose nothing of each other's.
struct DigestMemory {
  let path: String
  /// Lines that are kept; the oldest of more are forgotten. Nil keeps all.
  private let maximum: Int?

  /// Digests of files that have been read, so that a file is hashed once and not at every start:
  /// losing them costs time and nothing else.
  static func ofFiles(cache: String) -> DigestMemory {
    DigestMemory(path: PathName.join(cache, "digests"), maximum: 256)
  }

  /// Digests of files for which nobody has published any: later contents are compared with those
  /// that were used first. Where they are lost, changed data pass for the first.
  static func ofFirstUse(cache: String) -> DigestMemory {
    DigestMemory(path: PathName.join(cache, "first-use"), maximum: nil)
  }

  /// The digest that was recorded last for this key; nil if none was.
  /// - Throws: `FileError` where the file is there and cannot be read.
  func digest(of key: String) throws(FileError) -> String? {
    try lines().last { $0.key == key }?.digest
  }

  /// Records digests, newest last.
  func record(_ digests: [(key: String, digest: String)]) throws(FileError) {
    try locked { () throws(FileError) in try add(digests) }
  }

  /// The digest that was recorded for this key, which is this one if there was none.
  func first(of key: String, otherwise digest: String) throws(FileError) -> String {
    if let first = try self.digest(of: key) { return first }
    return try locked { () throws(FileError) in
      // Another process may have been faster.
      if let first = try self.digest(of: key) { return first }
      try add([(key, digest)])
      return digest
    }
  }

  /// The longest time for which another process is waited for.
  private static let lockSeconds = 10.0

  private func locked<Result>(
    _ body: () throws(FileError) -> Result
  ) throws(FileError) -> Result {
    try Folder.create(PathName.parent(of: path))
    let lock = try FolderLock.waiting(path + ".lock", seconds: Self.lockSeconds)
    guard let lock else { throw FileError(path: path, operation: .lock, code: EWOULDBLOCK) }
    defer { withExtendedLifetime(lock) {} }
    return try body()
  }

  private func add(_ digests: [(key: String, digest: String)]) throws(FileError) {
    let kept = try lines().filter { line in !digests.contains { line.key == $0.key } }
    let all = (kept + digests).map { "\($0.key) \($0.digest)" }
    let text = all.suffix(maximum ?? all.count).joined(separator: "\n") + "\n"
    try AtomicFile.write(text, to: path)
  }

  private func lines() throws(FileError) -> [(key: String, digest: String)] {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileContents.read(path) } catch {
      if error.isMissing { return [] }
      throw error
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      // As many digits as SHA-256 or MD5 has at the end of each line, or it is not ours.
      guard let space = line.lastIndex(of: " "), case let digest = line[space...].dropFirst(),
        [32, 64].contains(digest.count)
      else { return nil }
      return (String(line[..<space]), String(digest))
    }
  }

  /// What tells whether a file, or any file of a folder, has changed; nil where there is none.
  static func key(of path: String) -> String? {
    guard let identity = FileContents.identity(of: path) else { return nil }
    guard identity.isFolder else { return key(identity) }
    var hash = SHA256()
    func add(_ folder: String) {
      for name in (try? Folder.entries(folder)) ?? [] {
        let path = PathName.join(folder, name)
        guard let identity = FileContents.identity(of: path) else { continue }
        hash.update("\(name) \(identity.isFolder ? "folder" : key(identity))\n".utf8)
        if identity.isFolder { add(path) }
      }
      hash.update("end\n".utf8)
    }
    add(path)
    return "folder \(hash.finishHex())"
  }

  /// The time of the last change is that of the kernel: nobody can set it back, as they can the time
  /// of writing.
  static func key(_ identity: FileIdentity) -> String {
    "\(identity.device) \(identity.inode) \(identity.size) "
      + "\(identity.modifiedSeconds).\(identity.modifiedNanoseconds) "
      + "\(identity.changedSeconds).\(identity.changedNanoseconds)"
  }
}
