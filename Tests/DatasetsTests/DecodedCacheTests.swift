import Durable
import Glibc
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
    #expect(contents.test.pixelBytes == dataset.test.pixelBytes)
    #expect(contents.test.labelBytes == dataset.test.labelBytes)
  }

  @Test func `a cache with any damaged byte is not used`() throws {
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

  @Test func `a copy of the cache is checked`() throws {
    try AtomicFile.write(FileContents.read(path), to: path)
    #expect(cache.open(dataset.digest, name: "own") != nil)
  }

  @Test func `a cache that is changed with its time kept is not used`() throws {
    let identity = try #require(FileContents.identity(of: path))
    // One pixel, in place, so that even the inode stays.
    let file = try #require(fopen(path, "r+"))
    fseek(file, 4096 + 5, SEEK_SET)
    let old = dataset.training.pixelBytes[5]
    fputc(Int32(old ^ 1), file)
    fclose(file)
    DigestMemoryTests.setTime(of: path, identity)
    #expect(cache.open(dataset.digest, name: "own") == nil)
    let again = try fixture.locator.open(try fixture.write())
    #expect(again.training.pixelBytes[5] == old)
    #expect(again.digest == dataset.digest)
  }

  @Test func `a header with wrong sizes is refused`() throws {
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
