import Canonical
import Durable
import Model
import Synchronization

/// Decoded data sets in the user's cache, which all processes map read-only.
///
/// A file is one page of text (what it holds, and the SHA-256 of what follows) and then training
/// pixels, training labels, test pixels and test labels. Every process checks the digest itself
/// before it uses a file, and again when the file has changed since.
struct DecodedCache {
  private static let page = 4096
  private static let magic = "regbench decoded data set, version 1"
  /// Files that this process has checked, by `DigestMemory`'s keys.
  private static let checked = Mutex<Set<String>>([])

  private let folder: String

  /// The decoded data sets in `cache`, the user's cache.
  init(cache: String) { folder = PathName.join(cache, "decoded") }

  /// What a file holds, mapped.
  struct Contents {
    var facts: DatasetFacts
    var training: ImageSet
    var test: ImageSet
  }

  /// The data set with this digest under the name `name`, if it is in the cache and whole.
  func open(_ digest: String, name: String) -> Contents? {
    let path = path(digest)
    guard let key = DigestMemory.key(of: path), let file = try? MappedFile(path),
      file.bytes.count >= Self.page
    else { return nil }
    let text = String(decoding: file.bytes.prefix(Self.page).prefix { $0 != 0 }, as: UTF8.self)
    guard let facts = Self.facts(text, name),
      file.bytes.count == Self.page + (facts.training + facts.test) * (facts.shape.count + 1)
    else { return nil }
    // Whatever the text says must be what would be written for these facts.
    if !Self.checked.withLock({ $0.contains(key) }) {
      let payload = UnsafeRawBufferPointer(rebasing: file.bytes[Self.page...])
      guard text == Self.header(digest, facts, Self.hash(payload)) else { return nil }
      Self.checked.withLock { _ = $0.insert(key) }
    }
    let split = Self.page + facts.training * (facts.shape.count + 1)
    return Contents(
      facts: facts,
      training: ImageSet(shape: facts.shape, count: facts.training, in: file, at: Self.page),
      test: ImageSet(shape: facts.shape, count: facts.test, in: file, at: split))
  }

  /// Puts a data set into the cache; if that fails, it is just not there.
  func store(_ digest: String, facts: DatasetFacts, _ sets: [ImageSet]) {
    var hash = SHA256()
    for set in sets {
      set.pixels.withUnsafeBytes { hash.update($0) }
      set.labels.withUnsafeBytes { hash.update($0) }
    }
    var header = Array(Self.header(digest, facts, hash.finishHex()).utf8)
    header += [UInt8](repeating: 0, count: Self.page - header.count)
    do {
      try Folder.create(folder)
      AtomicFile.removeStale(in: folder)
      try AtomicFile.write(to: path(digest)) { sink in
        try header.withUnsafeBytes { try sink($0) }
        for set in sets {
          try set.pixels.withUnsafeBytes { try sink($0) }
          try set.labels.withUnsafeBytes { try sink($0) }
        }
      }
    } catch { return }
  }

  private func path(_ digest: String) -> String {
    PathName.join(folder, "\(digest.prefix(32)).images")
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

  private static func hash(_ bytes: UnsafeRawBufferPointer) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finishHex()
  }
}
