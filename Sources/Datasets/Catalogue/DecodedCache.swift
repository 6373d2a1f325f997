import Canonical
import Durable
import Model

/// Decoded data sets in the user's cache, which all processes map read-only.
///
/// A file is one page of text (what it holds, and the SHA-256 of what follows) and then training
/// pixels, training labels, test pixels and test labels. The digest is checked once per file, like
/// that of any other.
struct DecodedCache {
  private static let page = 4096
  private static let magic = "regbench decoded data set, version 1"

  private let folder: String
  private let digests: DigestCache

  /// The decoded data sets in `cache`, the user's cache.
  init(cache: String) {
    folder = PathName.join(cache, "decoded")
    digests = DigestCache(folder: cache)
  }

  /// What a file holds, mapped.
  struct Contents {
    var facts: DatasetFacts
    var training: ImageSet
    var test: ImageSet
    var owner: MappedFile
  }

  /// The data set with this digest under the name `name`, if it is in the cache and whole.
  func open(_ digest: String, name: String) -> Contents? {
    let path = path(digest)
    guard let identity = FileContents.identity(of: path), let file = try? MappedFile(path),
      file.bytes.count >= Self.page
    else { return nil }
    let text = String(decoding: file.bytes.prefix(Self.page).prefix { $0 != 0 }, as: UTF8.self)
    guard let facts = Self.facts(text, name),
      file.bytes.count == Self.page + (facts.training + facts.test) * (facts.shape.count + 1)
    else { return nil }
    let payload = UnsafeRawBufferPointer(rebasing: file.bytes[Self.page...])
    let known = digests.digest(of: identity)
    let check = known ?? Self.hash([payload])
    // Whatever the text says must be what would be written for these facts.
    guard text == Self.header(digest, facts, check) else { return nil }
    if known == nil { digests.record([(identity, check)]) }
    let bytes = payload.bindMemory(to: UInt8.self)
    let split = facts.training * (facts.shape.count + 1)
    return Contents(
      facts: facts,
      training: Self.set(bytes[..<split], facts.shape, facts.training),
      test: Self.set(bytes[split...], facts.shape, facts.test), owner: file)
  }

  /// Puts a data set into the cache; if that fails, it is just not there.
  func store(_ digest: String, facts: DatasetFacts, _ sets: [ImageSet]) {
    let pieces = sets.flatMap {
      [UnsafeRawBufferPointer($0.pixels), UnsafeRawBufferPointer($0.labels)]
    }
    let check = Self.hash(pieces)
    var header = Array(Self.header(digest, facts, check).utf8)
    header += [UInt8](repeating: 0, count: Self.page - header.count)
    let path = path(digest)
    do {
      try Folder.create(folder)
      AtomicFile.sweep(folder)
      try AtomicFile.write(to: path) { sink in
        try header.withUnsafeBytes { try sink($0) }
        for piece in pieces { try sink(piece) }
      }
    } catch { return }
    if let identity = FileContents.identity(of: path) { digests.record([(identity, check)]) }
  }

  private func path(_ digest: String) -> String {
    PathName.join(folder, "\(digest.prefix(32)).images")
  }

  private static func set(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ shape: FeatureShape, _ count: Int
  ) -> ImageSet {
    ImageSet(
      shape: shape, pixels: UnsafeBufferPointer(rebasing: bytes.prefix(count * shape.count)),
      labels: UnsafeBufferPointer(rebasing: bytes.dropFirst(count * shape.count)))
  }

  private static func header(_ digest: String, _ facts: DatasetFacts, _ check: String) -> String {
    let shape = facts.shape
    return """
      \(magic)
      digest \(digest)
      shape \(shape.height) \(shape.width) \(shape.channels)
      counts \(facts.classes) \(facts.training) \(facts.test)
      sha256 \(check)

      """
  }

  /// Reads the numbers back; nil if they are not there or too large to be true.
  private static func facts(_ header: String, _ name: String) -> DatasetFacts? {
    let lines = header.split(separator: "\n")
    guard lines.count == 5, lines[0] == magic else { return nil }
    let numbers = lines[2...3].flatMap { $0.split(separator: " ").compactMap { Int($0) } }
    guard numbers.count == 6, numbers.allSatisfy({ (1...1 << 20).contains($0) }),
      numbers[0] * numbers[1] * numbers[2] <= 1 << 30
    else { return nil }
    return DatasetFacts(
      name: name, shape: FeatureShape(height: numbers[0], width: numbers[1], channels: numbers[2]),
      classes: numbers[3], training: numbers[4], test: numbers[5])
  }

  private static func hash(_ pieces: [UnsafeRawBufferPointer]) -> String {
    var hash = SHA256()
    for piece in pieces { hash.update(piece) }
    return HexText.of(hash.finish())
  }
}
