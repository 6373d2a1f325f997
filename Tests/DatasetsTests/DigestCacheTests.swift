import Durable
import TestSupport
import Testing

@testable import Datasets

@Suite struct DigestCacheTests {
  private let folder: TemporaryFolder
  private let cache: DigestCache

  init() throws {
    folder = try TemporaryFolder()
    cache = DigestCache(folder: folder.path)
  }

  private func identity(_ name: String, _ text: String) throws -> FileIdentity {
    try #require(FileContents.identity(of: try folder.write(text, name)))
  }

  @Test func `digests are remembered`() throws {
    let one = try identity("one", "1")
    let two = try identity("two", "22")
    cache.record([(one, String(repeating: "a", count: 64))])
    cache.record([(two, String(repeating: "b", count: 64))])
    #expect(cache.digest(of: one)?.first == "a")
    cache.record([(one, String(repeating: "c", count: 64))])
    #expect(cache.digest(of: one)?.first == "c")
    #expect(cache.digest(of: two)?.first == "b")
    #expect(cache.digest(of: try identity("two", "33")) == nil)
  }

  @Test func `many are forgotten oldest first`() throws {
    let base = try identity("file", "x")
    let many = (0..<300).map { number in
      var other = base
      other.size = number
      return (other, String(repeating: "d", count: 64))
    }
    cache.record(Array(many.prefix(200)))
    cache.record(Array(many.suffix(100)))
    var other = base
    other.size = 0
    #expect(cache.digest(of: other) == nil)
    other.size = 299
    #expect(cache.digest(of: other) != nil)
    #expect(try FileContents.read(folder.file("digests")).filter { $0 == 10 }.count == 256)
  }

  @Test func `damage is forgotten`() throws {
    let one = try identity("one", "1")
    for bytes in [[], [0xFF, 0xFE, 10], Array("nonsense\n1 2 3\n".utf8)] as [[UInt8]] {
      try folder.write(bytes, "digests")
      #expect(cache.digest(of: one) == nil)
      cache.record([(one, String(repeating: "a", count: 64))])
      #expect(cache.digest(of: one) != nil)
    }
  }

  @Test func `an unwritable folder is no error`() throws {
    let none = DigestCache(folder: folder.file("none"))
    none.record([(try identity("one", "1"), String(repeating: "a", count: 64))])
    #expect(none.digest(of: try identity("one", "1")) == nil)
  }
}
