import Canonical
import Durable
import Model

/// A data set in four IDX files: reads, checks, and keeps the decoded form in the user's cache.
struct IDXFiles {
  /// The data set's name.
  let name: String
  /// What is known of it; data of one's own may have no such facts.
  let known: DatasetFacts?
  /// The digests that the uncompressed files must have, or nil for data of one's own.
  let expected: [String]?
  /// The user's cache, or nil where there is none.
  let cache: String?

  /// Opens the four files: maps what an earlier opening decoded, if they are still the same.
  func open(_ found: FileSearch.Found) throws(DatasetError) -> Dataset {
    if let dataset = openDecoded(found) { return dataset }
    // Taken before reading: a file that changes meanwhile is another one.
    let identities = found.paths.map { FileContents.identity(of: $0) }
    let parts = try read(found)
    let digests = parts.map(\.digest)
    try check(digests, found)
    let facts = try facts(parts, found)
    let digest = Self.digest(digests)
    let shape = facts.shape
    let sets = [(0, 1), (2, 3)].map {
      ImageSet(shape: shape, pixels: parts[$0].bytes.buffer, labels: parts[$1].bytes.buffer)
    }
    if let cache {
      DecodedCache(cache: cache).store(digest, facts: facts, sets)
      DigestCache(folder: cache).record(
        zip(identities, digests).compactMap { identity, digest in identity.map { ($0, digest) } })
      // The mapped copy is shared with other processes; this one need not keep its own.
      if let dataset = openDecoded(found) { return dataset }
    }
    return Dataset(
      facts: facts, training: sets[0], test: sets[1], digest: digest, isVerified: expected != nil,
      origin: found.folder, owners: parts.map(\.bytes))
  }

  private func openDecoded(_ found: FileSearch.Found) -> Dataset? {
    guard let cache else { return nil }
    let memory = DigestCache(folder: cache)
    let digests = found.paths.compactMap { path in
      FileContents.identity(of: path).flatMap { memory.digest(of: $0) }
    }
    guard digests.count == found.paths.count, expected == nil || digests == expected else {
      return nil
    }
    let digest = Self.digest(digests)
    guard let contents = DecodedCache(cache: cache).open(digest, name: name) else { return nil }
    if let known, !Self.fits(contents.facts, known) { return nil }
    return Dataset(
      facts: contents.facts, training: contents.training, test: contents.test, digest: digest,
      isVerified: expected != nil, origin: found.folder, owners: [contents.owner])
  }

  private func read(_ found: FileSearch.Found) throws(DatasetError) -> [IDXReader.Contents] {
    var parts: [IDXReader.Contents] = []
    for part in CatalogueEntry.Part.allCases {
      let reader = try IDXReader(file: found.paths[part.rawValue])
      switch part {
      case .trainingImages, .testImages: parts.append(try reader.images())
      case .trainingLabels, .testLabels:
        parts.append(try reader.labels(classes: known?.classes ?? 256))
      }
    }
    return parts
  }

  private func check(_ digests: [String], _ found: FileSearch.Found) throws(DatasetError) {
    guard let expected else { return }
    for (place, digest) in digests.enumerated() where digest != expected[place] {
      throw DatasetError(
        .corrupt, file: found.paths[place],
        "its contents are not \(name)'s: their SHA-256 is \(digest), expected \(expected[place])",
        advice: "remove the file and get it again; to train on other data in this format, "
          + "say \"files\": \"\(found.folder)\", \"unverified\": true in the study's data set")
    }
  }

  private func facts(
    _ parts: [IDXReader.Contents], _ found: FileSearch.Found
  ) throws(DatasetError) -> DatasetFacts {
    for (images, labels) in [(0, 1), (2, 3)] where parts[images].count != parts[labels].count {
      throw DatasetError(
        .corrupt, file: found.paths[labels], offset: 4, isDecoded: true,
        "\(parts[labels].count) labels for the \(parts[images].count) images of "
          + found.paths[images],
        advice: "the files belong to different data sets")
    }
    let shape = FeatureShape(height: parts[0].height, width: parts[0].width, channels: 1)
    let other = FeatureShape(height: parts[2].height, width: parts[2].width, channels: 1)
    let top = max(parts[1].bytes.buffer.max() ?? 0, parts[3].bytes.buffer.max() ?? 0)
    let facts = DatasetFacts(
      name: name, shape: shape, classes: known?.classes ?? max(2, Int(top) + 1),
      training: parts[0].count, test: parts[2].count)
    guard other == shape else {
      throw DatasetError(
        .corrupt, file: found.paths[2], offset: 4, isDecoded: true,
        "test images of \(other), but training images of \(shape)",
        advice: "the files belong to different data sets")
    }
    if let known, !Self.fits(facts, known) {
      throw DatasetError(
        .unusable, file: found.paths[0],
        "images of \(shape), but those of \(name) are \(known.shape)",
        advice: "give data of another shape a name of its own")
    }
    return facts
  }

  private static func fits(_ facts: DatasetFacts, _ known: DatasetFacts) -> Bool {
    facts.shape == known.shape && facts.classes == known.classes
  }

  /// One digest for the four files together.
  private static func digest(_ digests: [String]) -> String {
    SHA256.hex(Array(digests.joined(separator: "\n").utf8))
  }
}
