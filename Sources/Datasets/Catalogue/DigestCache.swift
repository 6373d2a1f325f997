import Durable

/// Remembers the digests of files, so that a file is hashed once and not at every start: by
/// device, inode, size and time of writing, in one small text file of the user's cache.
///
/// Losing it costs time and nothing else, so whatever goes wrong with it stays silent.
struct DigestCache {
  private static let most = 256
  private let path: String

  /// The memory in `folder`, the user's cache.
  init(folder: String) { path = PathName.join(folder, "digests") }

  /// The digest of the file with this identity, if it was ever recorded.
  /// - Parameter what: which digest of the file, or of which member of an archive.
  func digest(of identity: FileIdentity, _ what: String = "content") -> String? {
    let key = Self.key(identity, what)
    return lines().last { $0.hasPrefix(key) }.map { String($0.dropFirst(key.count)) }
  }

  /// Records digests, newest last; the oldest of many are forgotten.
  func record(_ digests: [(FileIdentity, String)]) {
    record(digests.map { ($0.0, "content", $0.1) })
  }

  /// Records digests that tell what they are of.
  func record(_ digests: [(identity: FileIdentity, what: String, digest: String)]) {
    let keys = digests.map { Self.key($0.identity, $0.what) }
    let kept = lines().filter { line in !keys.contains { line.hasPrefix($0) } }
    let all = kept + zip(keys, digests).map { $0 + $1.digest }
    let text = all.suffix(Self.most).joined(separator: "\n") + "\n"
    try? AtomicFile.write(text, to: path)
  }

  private func lines() -> [String] {
    guard let bytes = try? FileContents.read(path) else { return [] }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { String($0) }
    // As many digits as SHA-256 or MD5 has at the end of each line, or it is not ours.
    return lines.filter { [32, 64].contains($0.split(separator: " ").last?.count) }
  }

  private static func key(_ identity: FileIdentity, _ what: String) -> String {
    let time = "\(identity.modifiedSeconds).\(identity.modifiedNanoseconds)"
    return "\(identity.device) \(identity.inode) \(identity.size) \(time) \(what) "
  }
}
