import Durable
import Model
import TestSupport
import Testing

@testable import Datasets

@Suite struct DecodedCacheTests {
  private let fixture: Fixture
  private let dataset: Dataset
  private let cache: DecodedCache
  private let path: String

  init() throws {
    fixture = try Fixture()
    dataset = try fixture.locator.open(try fixture.write())
    let folder = fixture.folder.file("cache")
    cache = DecodedCache(cache: folder)
    path = fixture.folder.file("cache/decoded/\(dataset.digest.prefix(32)).images")
  }

  @Test func `what was stored comes back`() throws {
    let contents = try #require(cache.open(dataset.digest, name: "own"))
    #expect(contents.facts == dataset.facts)
    #expect(Array(contents.test.pixels) == Array(dataset.test.pixels))
    #expect(Array(contents.test.labels) == Array(dataset.test.labels))
    withExtendedLifetime(contents.owner) {}
  }

  @Test func `every damaged byte makes it useless`() throws {
    let whole = try FileContents.read(path)
    let text = whole.prefix { $0 != 0 }.count
    // The rest of the first page is unused.
    for index in Array(0..<text) + Array(stride(from: 4096, to: whole.count, by: 97)) {
      var damaged = whole
      damaged[index] ^= 0x10
      try AtomicFile.write(damaged, to: path)
      #expect(cache.open(dataset.digest, name: "own") == nil)
    }
    for length in [0, 10, 4095, 4096, whole.count - 1] {
      try AtomicFile.write(Array(whole.prefix(length)), to: path)
      #expect(cache.open(dataset.digest, name: "own") == nil)
    }
    // A data set whose cached form is useless is decoded and stored again.
    #expect(try fixture.locator.open(try fixture.write()).allBytes == dataset.allBytes)
    #expect(try FileContents.read(path) == whole)
  }

  @Test func `a copy of the cache is checked and then known`() throws {
    let whole = try FileContents.read(path)
    try AtomicFile.write(whole, to: path)
    let identity = try #require(FileContents.identity(of: path))
    let digests = DigestCache(folder: fixture.folder.file("cache"))
    #expect(digests.digest(of: identity) == nil)
    #expect(cache.open(dataset.digest, name: "own") != nil)
    #expect(digests.digest(of: identity) != nil)
  }

  @Test func `headers that lie are refused`() throws {
    let whole = try FileContents.read(path)
    for claim in ["9223372036854775807", "-1", "0", "1048577", "41"] {
      let header = String(decoding: whole.prefix { $0 != 0 }, as: UTF8.self)
      let lines = header.split(separator: "\n").map { line in
        line.hasPrefix("counts") ? "counts 10 \(claim) 20" : String(line)
      }
      var bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
      bytes += [UInt8](repeating: 0, count: 4096 - bytes.count)
      try AtomicFile.write(bytes + whole[4096...], to: path)
      #expect(cache.open(dataset.digest, name: "own") == nil)
    }
  }
}
