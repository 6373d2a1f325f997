import Durable

/// The digests of a data set's files as they lie on the disk, read or remembered.
struct ObservedDigests: Equatable {
  /// One file's.
  struct File: Equatable {
    /// SHA-256 of the uncompressed contents.
    var content: String
    /// MD5 of the uncompressed contents, where the catalogue has only that.
    var contentMD5: String?
    /// SHA-256 of the compressed file, where the catalogue has only that.
    var packed: String?
  }

  /// In the order of the catalogue's files.
  var files: [File]
  /// MD5 of the archive that they are in, where it matters.
  var archiveMD5: String?
}

extension CatalogueEntry.File {
  /// Whether the MD5 of the contents must be taken.
  var needsMD5: Bool { contentSHA256 == nil && contentMD5 != nil }
  /// Whether the digest of the compressed file must be taken.
  var needsPacked: Bool { contentSHA256 == nil && contentMD5 == nil && packedSHA256 != nil }
}

extension DigestCache {
  /// The digests of files that have not changed since they were recorded.
  func observed(
    _ found: FileSearch.Found, _ files: [CatalogueEntry.File], archiveMD5: Bool
  ) -> ObservedDigests? {
    var all: [ObservedDigests.File] = []
    for (file, path) in zip(files, found.paths) {
      guard let identity = FileContents.identity(of: path) else { return nil }
      let member = found.archive == nil ? "" : ":\(file.name)"
      guard let content = digest(of: identity, "content\(member)") else { return nil }
      let md5 = digest(of: identity, "md5\(member)")
      let packed = digest(of: identity, "packed\(member)")
      if file.needsMD5, md5 == nil { return nil }
      if file.needsPacked, packed == nil, path.hasSuffix(".gz") { return nil }
      all.append(
        ObservedDigests.File(
          content: content, contentMD5: file.needsMD5 ? md5 : nil,
          packed: file.needsPacked ? packed : nil))
    }
    var observed = ObservedDigests(files: all)
    if archiveMD5, let archive = found.archive {
      guard let identity = FileContents.identity(of: archive),
        let md5 = digest(of: identity, "md5")
      else { return nil }
      observed.archiveMD5 = md5
    }
    return observed
  }

  /// Records what was read of files that looked like `identities` before.
  func record(
    _ observed: ObservedDigests, _ found: FileSearch.Found, _ files: [CatalogueEntry.File],
    _ identities: [FileIdentity?]
  ) {
    var lines: [(identity: FileIdentity, what: String, digest: String)] = []
    for (place, file) in files.enumerated() {
      guard let identity = identities[place] else { continue }
      let member = found.archive == nil ? "" : ":\(file.name)"
      let seen = observed.files[place]
      lines.append((identity, "content\(member)", seen.content))
      if let md5 = seen.contentMD5 { lines.append((identity, "md5\(member)", md5)) }
      if let packed = seen.packed { lines.append((identity, "packed\(member)", packed)) }
    }
    if let md5 = observed.archiveMD5, let identity = identities.first ?? nil {
      lines.append((identity, "md5", md5))
    }
    record(lines)
  }
}
