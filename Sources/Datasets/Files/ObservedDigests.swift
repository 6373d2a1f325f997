import Model

/// The digests of a data set's files as they lie on the disk, read or remembered.
struct ObservedDigests: Equatable {
  /// One file's.
  struct File: Equatable {
    /// SHA-256 of the uncompressed contents.
    var content: String
    /// MD5 of the uncompressed contents, where only that is published.
    var contentMD5: String?
    /// SHA-256 of the compressed file, where only that is published.
    var packed: String?
  }

  /// In the order of the data set's files.
  var files: [File]
  /// MD5 of the archive that they are in, where it matters.
  var archiveMD5: String?

  init(files: [File], archiveMD5: String? = nil) {
    self.files = files
    self.archiveMD5 = archiveMD5
  }

  /// What was remembered of files that have not changed since; nil if anything is lacking.
  init?(
    _ memory: DigestMemory, _ found: FileSearch.Found, _ files: [KnownDataset.File],
    wantsArchiveMD5: Bool
  ) {
    self.files = []
    for (file, path) in zip(files, found.paths) {
      guard let key = DigestMemory.key(of: path) else { return nil }
      func digest(_ what: String) -> String? {
        try? memory.digest(of: Self.key(key, what, found, file))
      }
      guard let content = digest("content") else { return nil }
      var seen = File(content: content)
      if file.needsMD5 {
        guard let md5 = digest("md5") else { return nil }
        seen.contentMD5 = md5
      }
      if file.needsPacked, path.hasSuffix(".gz") {
        guard let packed = digest("packed") else { return nil }
        seen.packed = packed
      }
      self.files.append(seen)
    }
    guard wantsArchiveMD5, let archive = found.archive else { return }
    guard let key = DigestMemory.key(of: archive), let md5 = try? memory.digest(of: "\(key) md5")
    else { return nil }
    archiveMD5 = md5
  }

  /// Remembers what was read of files that had these keys before; what cannot be kept is read again.
  func record(
    in memory: DigestMemory, _ found: FileSearch.Found, _ files: [KnownDataset.File],
    keys: [String?]
  ) {
    var lines: [(key: String, digest: String)] = []
    for (place, file) in files.enumerated() {
      guard let key = keys[place] else { continue }
      let seen = self.files[place]
      for (what, digest) in [
        ("content", seen.content), ("md5", seen.contentMD5), ("packed", seen.packed),
      ] {
        if let digest { lines.append((Self.key(key, what, found, file), digest)) }
      }
    }
    if let archiveMD5, let key = keys.first ?? nil { lines.append(("\(key) md5", archiveMD5)) }
    try? memory.record(lines)
  }

  private static func key(
    _ key: String, _ what: String, _ found: FileSearch.Found, _ file: KnownDataset.File
  ) -> String {
    found.archive == nil ? "\(key) \(what)" : "\(key) \(what):\(file.name)"
  }
}

extension KnownDataset.File {
  /// Whether the MD5 of the contents must be taken.
  var needsMD5: Bool { contentSHA256 == nil && contentMD5 != nil }
  /// Whether the digest of the compressed file must be taken.
  var needsPacked: Bool { contentSHA256 == nil && contentMD5 == nil && packedSHA256 != nil }
}
