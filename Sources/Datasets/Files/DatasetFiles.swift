import Canonical
import Durable
import Model

/// A data set in files: reads, checks, and keeps the decoded form in the user's cache.
struct DatasetFiles {
  /// What an opening ends in.
  enum Opened {
    case dataset(Dataset)
    /// The files are whole, but those of another known data set.
    case another(KnownDataset)
  }

  /// The data set's name.
  let name: String
  /// What is known of it; of user files perhaps nothing.
  let expected: DatasetFacts?
  /// How the files hold images.
  let layout: FileLayout
  let files: [KnownDataset.File]
  /// MD5 of the archive with these files, where its members' own digests are not published.
  let archiveMD5: String?
  /// The known data set whose files they must be; nil for user files.
  let published: KnownDataset?
  /// The user's cache, or nil where there is none.
  let cache: String?

  /// The files of a known data set.
  init(_ known: KnownDataset, cache: String?) {
    name = known.name
    expected = known.facts
    layout = known.layout
    files = known.files
    archiveMD5 = known.isPinned ? nil : known.offers.first { Archive.isArchive($0.name) }?.md5
    published = known
    self.cache = cache
  }

  /// User files.
  init(
    name: String, facts: DatasetFacts?, layout: FileLayout, files: [KnownDataset.File],
    cache: String?
  ) {
    self.name = name
    expected = facts
    self.layout = layout
    self.files = files.map(\.anonymous)
    archiveMD5 = nil
    published = nil
    self.cache = cache
  }

  /// Opens the files: maps what an earlier opening decoded, if they are still the same.
  func open(_ found: FileSearch.Found) throws(DatasetError) -> Opened {
    if let opened = try openDecoded(found) { return opened }
    // Taken before reading: a file that changes meanwhile is another one.
    let keys = found.paths.map { DigestMemory.key(of: $0) }
    let contents = try read(found)
    let isVerified: Bool
    switch try check(contents.observed, found) {
    case .verified: isVerified = true
    case .unverified: isVerified = false
    case .another(let known): return .another(known)
    }
    let facts = try contents.facts(self, found)
    let digest = digest(contents.observed)
    let sets = [contents.training, contents.test].map { $0.set(facts.shape) }
    if let cache {
      DecodedCache(cache: cache).store(digest, facts: facts, sets)
      contents.observed.record(in: .ofFiles(cache: cache), found, files, keys: keys)
      // The mapped copy is shared with other processes; this one need not keep its own.
      if let opened = try openDecoded(found) { return opened }
    }
    return .dataset(
      Dataset(
        facts: facts, training: sets[0], test: sets[1], digest: digest, isVerified: isVerified,
        origin: found.archive ?? found.folder))
  }

  private func openDecoded(_ found: FileSearch.Found) throws(DatasetError) -> Opened? {
    guard let cache,
      let observed = ObservedDigests(
        .ofFiles(cache: cache), found, files, wantsArchiveMD5: archiveMD5 != nil)
    else { return nil }
    let isVerified: Bool
    switch try check(observed, found) {
    case .verified: isVerified = true
    case .unverified: isVerified = false
    case .another(let known): return .another(known)
    }
    let digest = digest(observed)
    guard let contents = DecodedCache(cache: cache).open(digest, name: name) else { return nil }
    if let expected, !contents.facts.fits(expected) { return nil }
    // Decoded for a study that said how many classes there are, labels may be others.
    if published == nil {
      let labels = [contents.training, contents.test].map { Array(copying: $0.labels) }
      var settled = labels
      layout.settle(labels: &settled, classes: expected?.classes)
      if settled != labels { return nil }
    }
    return .dataset(
      Dataset(
        facts: contents.facts, training: contents.training, test: contents.test, digest: digest,
        isVerified: isVerified, origin: found.archive ?? found.folder))
  }

  // MARK: - Reading

  /// Reads all files into a store for training and one for testing.
  private func read(_ found: FileSearch.Found) throws(DatasetError) -> DecodedFiles {
    var contents = DecodedFiles()
    guard let archive = found.archive else {
      for (file, path) in zip(files, found.paths) {
        let store = contents.store(file.part)
        if let digest = try layout.readFolder(path, of: found.paths, into: store) {
          contents.observed.files.append(ObservedDigests.File(content: digest))
          continue
        }
        let source = try ByteSource(file: path)
        let packed = path.hasSuffix(".gz")
        let below: any ContentReader =
          packed && file.needsPacked ? HashingReader(source) : source
        let reader = try packed ? GzipReader(below) : below
        var seen = try decode(file, reader, into: store)
        seen.packed = (below as? HashingReader)?.digest
        contents.observed.files.append(seen)
      }
      return contents
    }
    // In an archive's own order, and then joined in that of the data set; what is joined is let
    // go at once, so that nothing is there twice for long.
    var parts = files.map { _ in ImageStore() }
    contents.observed.files = files.map { _ in ObservedDigests.File(content: "") }
    let isNPZ = NPZ.isName(archive)
    let names = files.map { isNPZ ? NPZ.member($0) : $0.name }
    try Archive.visit(archive, names) { (place, reader) throws(DatasetError) in
      let reader = isNPZ ? try NPYReader(reader, as: files[place].contents) : reader
      contents.observed.files[place] = try decode(files[place], reader, into: parts[place])
    }
    for (place, file) in files.enumerated() {
      let store = contents.store(file.part)
      if let shape = parts[place].shape { try store.take(shape, file: found.paths[place]) }
      store.append(parts[place])
      parts[place] = ImageStore()
    }
    if archiveMD5 != nil { contents.observed.archiveMD5 = try Self.md5(of: archive) }
    return contents
  }

  private func decode(
    _ file: KnownDataset.File, _ contents: any ContentReader, into store: ImageStore
  ) throws(DatasetError) -> ObservedDigests.File {
    let reader = HashingReader(contents, md5: file.needsMD5)
    // Labels of user files are looked at together, when all are known.
    try layout.read(
      reader, file.contents, classes: published == nil ? nil : expected?.classes,
      shape: expected?.shape, count: file.count, into: store)
    try reader.skip()
    return ObservedDigests.File(content: reader.digest, contentMD5: reader.md5Digest)
  }

  private static func md5(of path: String) throws(DatasetError) -> String {
    let reader = HashingReader(try ByteSource(file: path), md5: true)
    try reader.skip()
    return reader.md5Digest ?? ""
  }

  // MARK: - Checking

  private enum Verdict {
    case verified, unverified
    case another(KnownDataset)
  }

  /// Compares digests with the published ones.
  private func check(
    _ observed: ObservedDigests, _ found: FileSearch.Found
  ) throws(DatasetError) -> Verdict {
    guard let published else { return .unverified }
    if let archiveMD5, let seen = observed.archiveMD5, seen != archiveMD5 {
      throw mismatch(found.paths[0], "the archive's MD5", seen, archiveMD5, found)
    }
    var verdict = Verdict.verified
    for (place, file) in files.enumerated() {
      let seen = observed.files[place]
      let path = found.paths[place]
      let known = KnownDataset.holding(sha256: seen.content, md5: seen.contentMD5)
      let isAnothers = known.map { $0.name != published.name } == true
      if let expected = file.contentSHA256 {
        if seen.content == expected { continue }
        if let known, isAnothers { return .another(known) }
        throw mismatch(path, "their SHA-256", seen.content, expected, found)
      } else if let expected = file.contentMD5, let md5 = seen.contentMD5 {
        if md5 == expected { continue }
        if let known, isAnothers { return .another(known) }
        throw mismatch(path, "their MD5", md5, expected, found)
      } else if found.archive != nil, archiveMD5 != nil {
        continue
      } else if let expected = file.packedSHA256, let packed = seen.packed {
        guard packed == expected else {
          throw mismatch(path, "the compressed file's SHA-256", packed, expected, found)
        }
      } else {
        verdict = .unverified
        if let cache { try checkFirstUse(cache, "\(name)/\(file.name)", seen.content, path) }
      }
    }
    return verdict
  }

  private func mismatch(
    _ path: String, _ what: String, _ seen: String, _ expected: String,
    _ found: FileSearch.Found
  ) -> DatasetError {
    DatasetError(
      .corrupt, file: path,
      "its contents are not \(name)'s: \(what) is \(seen), expected \(expected)",
      advice: "the file is damaged or holds other data: get \(name) again "
        + "(`regbench data fetch \(name)`), or, to train on these, give them a name of their own "
        + "and say \"files\": \"\(found.folder)\" in the study's data set")
  }

  /// Compares a file's digest with that of its first use, or records it.
  private func checkFirstUse(
    _ cache: String, _ key: String, _ digest: String, _ file: String
  ) throws(DatasetError) {
    let memory = DigestMemory.ofFirstUse(cache: cache)
    let first: String
    do throws(FileError) { first = try memory.first(of: key, otherwise: digest) } catch {
      throw DatasetError(cache: error)
    }
    guard first == digest else {
      throw DatasetError(
        .corrupt, file: file,
        "its contents are not those that were used first: their SHA-256 is \(digest), "
          + "then it was \(first)",
        advice: "get the file again; if this is the right one, take the line \"\(key)\" "
          + "out of \(memory.path)")
    }
  }

  /// One digest for the files together, and for what becomes of them.
  private func digest(_ observed: ObservedDigests) -> String {
    let joined = observed.files.map(\.content).joined(separator: "\n")
    return SHA256.hex(Array((layout.mark + joined).utf8))
  }
}

extension DatasetFacts {
  /// Whether what was read is what is expected; counts of 0 are not known.
  func fits(_ expected: DatasetFacts) -> Bool {
    shape == expected.shape && classes == expected.classes
      && (expected.training == 0 || expected.training == training)
      && (expected.test == 0 || expected.test == test)
  }
}
