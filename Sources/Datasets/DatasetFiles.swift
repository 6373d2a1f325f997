import Canonical
import Durable
import Model

/// A data set in files: reads, checks, and keeps the decoded form in the user's cache.
struct DatasetFiles {
  /// The data set's name.
  let name: String
  /// What is known of it; data of one's own may have no such facts.
  let known: DatasetFacts?
  /// How the files hold images.
  let layout: FileLayout
  let files: [CatalogueEntry.File]
  /// MD5 of the archive with these files, where its members' own digests are not published.
  let archiveMD5: String?
  /// Whether the files must be the catalogue's; not for data of one's own.
  let isCatalogues: Bool
  /// The user's cache, or nil where there is none.
  let cache: String?

  /// The files of a catalogue's entry.
  init(_ entry: CatalogueEntry, unverified: Bool, facts: DatasetFacts?, cache: String?) {
    name = entry.facts.name
    known = unverified ? facts ?? Self.shapeOnly(entry.facts) : entry.facts
    layout = entry.layout
    files =
      unverified
      ? entry.files.map { CatalogueEntry.File(name: $0.name, part: $0.part, contents: $0.contents) }
      : entry.files
    archiveMD5 = entry.isPinned || unverified ? nil : entry.offers.first { $0.isArchive }?.md5
    isCatalogues = !unverified
    self.cache = cache
  }

  /// Files of one's own.
  init(
    name: String, facts: DatasetFacts?, layout: FileLayout, files: [CatalogueEntry.File],
    cache: String?
  ) {
    self.name = name
    known = facts
    self.layout = layout
    self.files = files
    archiveMD5 = nil
    isCatalogues = false
    self.cache = cache
  }

  /// Other images in a known data set's format have its shape and classes, and counts of their own.
  private static func shapeOnly(_ facts: DatasetFacts) -> DatasetFacts {
    var facts = facts
    (facts.training, facts.test) = (0, 0)
    return facts
  }

  /// Opens the files: maps what an earlier opening decoded, if they are still the same.
  func open(_ found: FileSearch.Found) throws(DatasetError) -> Dataset {
    if let dataset = try openDecoded(found) { return dataset }
    // Taken before reading: a file that changes meanwhile is another one.
    let identities = found.paths.map { FileContents.identity(of: $0) }
    let (stores, observed) = try read(found)
    let isVerified = try check(observed, found)
    let facts = try facts(stores, found)
    let digest = digest(observed)
    let sets = stores.map { $0.set(facts.shape) }
    if let cache {
      DecodedCache(cache: cache).store(digest, facts: facts, sets)
      DigestCache(folder: cache).record(observed, found, files, identities)
      // The mapped copy is shared with other processes; this one need not keep its own.
      if let dataset = try openDecoded(found) { return dataset }
    }
    return Dataset(
      facts: facts, training: sets[0], test: sets[1], digest: digest, isVerified: isVerified,
      origin: found.archive ?? found.folder, owners: stores.flatMap { [$0.pixels, $0.labels] })
  }

  private func openDecoded(_ found: FileSearch.Found) throws(DatasetError) -> Dataset? {
    guard let cache,
      let observed = DigestCache(folder: cache).observed(
        found, files, archiveMD5: archiveMD5 != nil)
    else { return nil }
    let isVerified = try check(observed, found)
    let digest = digest(observed)
    guard let contents = DecodedCache(cache: cache).open(digest, name: name) else { return nil }
    if let known, !Self.fits(contents.facts, known) { return nil }
    return Dataset(
      facts: contents.facts, training: contents.training, test: contents.test, digest: digest,
      isVerified: isVerified, origin: found.archive ?? found.folder, owners: [contents.owner])
  }

  // MARK: - Reading

  /// Reads all files into a store for training and one for testing.
  private func read(
    _ found: FileSearch.Found
  ) throws(DatasetError) -> ([ImageStore], ObservedDigests) {
    let stores = [ImageStore(), ImageStore()]
    guard let archive = found.archive else {
      var observed: [ObservedDigests.File] = []
      for (file, path) in zip(files, found.paths) {
        let source = try ByteSource(file: path)
        let packed = path.hasSuffix(".gz")
        let below: any ContentReader =
          packed && file.needsPacked ? HashingReader(source) : source
        let contents = try packed ? GzipReader(below) : below
        var seen = try decode(file, contents, into: stores[file.part == .training ? 0 : 1])
        seen.packed = (below as? HashingReader)?.digest
        observed.append(seen)
      }
      return (stores, ObservedDigests(files: observed))
    }
    // In an archive's own order, and then joined in that of the data set; what is joined is let
    // go at once, so that nothing is there twice for long.
    var parts = files.map { _ in ImageStore() }
    var observed = files.map { _ in ObservedDigests.File(content: "") }
    try Archive.visit(archive, files.map(\.name)) { (place, reader) throws(DatasetError) in
      observed[place] = try decode(files[place], reader, into: parts[place])
    }
    for (place, file) in files.enumerated() {
      let store = stores[file.part == .training ? 0 : 1]
      if let shape = parts[place].shape { try store.take(shape, file: found.paths[place]) }
      store.append(pixels: parts[place].pixels)
      store.append(labels: parts[place].labels)
      parts[place] = ImageStore()
    }
    var all = ObservedDigests(files: observed)
    if archiveMD5 != nil { all.archiveMD5 = try Self.md5(of: archive) }
    return (stores, all)
  }

  private func decode(
    _ file: CatalogueEntry.File, _ contents: any ContentReader, into store: ImageStore
  ) throws(DatasetError) -> ObservedDigests.File {
    let reader = HashingReader(contents, md5: file.needsMD5)
    try layout.read(
      reader, file.contents, classes: known?.classes ?? 256, shape: known?.shape,
      count: file.count, into: store)
    try reader.skip()
    return ObservedDigests.File(content: reader.digest, contentMD5: reader.md5Digest)
  }

  private static func md5(of path: String) throws(DatasetError) -> String {
    let reader = HashingReader(try ByteSource(file: path), md5: true)
    try reader.skip()
    return reader.md5Digest ?? ""
  }

  // MARK: - Checking

  /// Compares digests with the catalogue's.
  /// - Returns: whether all of the data are known to be the catalogue's.
  private func check(
    _ observed: ObservedDigests, _ found: FileSearch.Found
  ) throws(DatasetError) -> Bool {
    guard isCatalogues else { return false }
    if let archiveMD5, let seen = observed.archiveMD5, seen != archiveMD5 {
      throw mismatch(found.paths[0], "the archive's MD5", seen, archiveMD5, found)
    }
    var isVerified = true
    for (place, file) in files.enumerated() {
      let seen = observed.files[place]
      let path = found.paths[place]
      if let expected = file.contentSHA256 {
        guard seen.content == expected else {
          throw mismatch(path, "their SHA-256", seen.content, expected, found)
        }
      } else if let expected = file.contentMD5, let md5 = seen.contentMD5 {
        guard md5 == expected else { throw mismatch(path, "their MD5", md5, expected, found) }
      } else if found.archive != nil, archiveMD5 != nil {
        continue
      } else if let expected = file.packedSHA256, let packed = seen.packed {
        guard packed == expected else {
          throw mismatch(path, "the compressed file's SHA-256", packed, expected, found)
        }
      } else {
        isVerified = false
        if let cache {
          try FirstUse(folder: cache).check("\(name)/\(file.name)", seen.content, file: path)
        }
      }
    }
    return isVerified
  }

  private func mismatch(
    _ path: String, _ what: String, _ seen: String, _ expected: String,
    _ found: FileSearch.Found
  ) -> DatasetError {
    DatasetError(
      .corrupt, file: path,
      "its contents are not \(name)'s: \(what) is \(seen), expected \(expected)",
      advice: "remove the file and get it again; to train on other data in this format, "
        + "say \"files\": \"\(found.folder)\", \"unverified\": true in the study's data set")
  }

  private func facts(
    _ stores: [ImageStore], _ found: FileSearch.Found
  ) throws(DatasetError) -> DatasetFacts {
    let shapes = stores.compactMap(\.shape)
    let (training, test) = (stores[0], stores[1])
    guard shapes.count == 2, shapes[0] == shapes[1] else {
      throw DatasetError(
        .corrupt, file: found.paths[files.lastIndex { $0.contents != .labels } ?? 0],
        "test images of \(shapes.last?.description ?? "no shape"), but training images of "
          + "\(shapes.first?.description ?? "no shape")",
        advice: "the files belong to different data sets")
    }
    let shape = shapes[0]
    for (part, store) in [(CatalogueEntry.File.Part.training, training), (.test, test)] {
      let images = store.pixels.count / shape.count
      guard images != store.labels.count else { continue }
      func path(_ contents: CatalogueEntry.File.Contents) -> String {
        let place = files.firstIndex { $0.part == part && $0.contents == contents }
        return found.paths[place ?? 0]
      }
      throw DatasetError(
        .corrupt, file: path(.labels), offset: 4, isDecoded: true,
        "\(store.labels.count) labels for the \(images) images of \(path(.images))",
        advice: "the files belong to different data sets")
    }
    let top = max(training.labels.buffer.max() ?? 0, test.labels.buffer.max() ?? 0)
    let facts = DatasetFacts(
      name: name, shape: shape, classes: known?.classes ?? max(2, Int(top) + 1),
      training: training.labels.count, test: test.labels.count)
    if let known, !Self.fits(facts, known) {
      throw DatasetError(
        .usage, file: found.paths[0],
        Self.sameImages(facts, known)
          ? "\(facts.training) training and \(facts.test) test images, expected "
            + "\(known.training) and \(known.test)"
          : "images of \(shape), but those of \(name) are \(known.shape)",
        advice: Self.sameImages(facts, known)
          ? "say how many there are in the data set's \"facts\""
          : "give data of another shape a name of its own")
    }
    return facts
  }

  private static func sameImages(_ facts: DatasetFacts, _ known: DatasetFacts) -> Bool {
    facts.shape == known.shape && facts.classes == known.classes
  }

  /// Whether what was read is what is known; counts of 0 are not known.
  private static func fits(_ facts: DatasetFacts, _ known: DatasetFacts) -> Bool {
    sameImages(facts, known) && (known.training == 0 || known.training == facts.training)
      && (known.test == 0 || known.test == facts.test)
  }

  /// One digest for the files together, and for what becomes of them.
  private func digest(_ observed: ObservedDigests) -> String {
    let joined = observed.files.map(\.content).joined(separator: "\n")
    return SHA256.hex(Array((layout.mark + joined).utf8))
  }
}
