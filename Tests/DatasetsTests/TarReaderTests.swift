import TestSupport
import Testing

@testable import Datasets

@Suite struct TarReaderTests {
  private let long = String(repeating: "folder/", count: 30) + "file"

  private func read(_ bytes: [UInt8]) throws(DatasetError) -> [(String, [UInt8])] {
    try MemoryFile(bytes).read { (source) throws(DatasetError) in
      let tar = TarReader(source)
      var found: [(String, [UInt8])] = []
      while let member = try tar.next() {
        found.append((member.name, try tar.open().everything()))
      }
      return found
    }
  }

  private func failure(_ bytes: [UInt8]) -> DatasetError? {
    do throws(DatasetError) {
      _ = try read(bytes)
      return nil
    } catch { return error }
  }

  @Test func `members come back`() throws {
    let archive =
      Tar.header("folder/", count: 0, type: "5") + Tar.member("folder/one", [1, 2, 3])
      + Tar.member("empty", []) + Tar.member("full", [UInt8](repeating: 7, count: 1024)) + Tar.end
    let found = try read(archive + [UInt8](repeating: 0, count: 8192))
    #expect(found.map(\.0) == ["folder/one", "empty", "full"])
    #expect(found.map(\.1) == [[1, 2, 3], [], [UInt8](repeating: 7, count: 1024)])
  }

  @Test func `members that are not read are skipped`() throws {
    let archive = Tar.archive([("a", Array(repeating: 1, count: 700)), ("b", [2])])
    try MemoryFile(archive).read { (source) throws(DatasetError) in
      let tar = TarReader(source)
      #expect(try tar.next()?.name == "a")
      #expect(try tar.next()?.name == "b")
      #expect(try tar.open().everything() == [2])
      #expect(try tar.next() == nil)
    }
  }

  @Test func `long names of all kinds`() throws {
    let pax = "30 mtime=1234567890.123456789\n"
    let path = "path=\(long)\n"
    let record = "\(path.utf8.count + 4) \(path)"
    let gnu = Tar.member("././@LongLink", Array(long.utf8) + [0], type: "L")
    let archive =
      gnu + Tar.member("cut", [1])
      + Tar.member("pax", Array((pax + record).utf8), type: "x") + Tar.member("cut", [2])
      + Tar.member("global", Array(pax.utf8), type: "g")
      + Tar.header("name", count: 1, prefix: "some/prefix") + Tar.padded([3])
      + Tar.header("old", count: 1, prefix: "not a prefix", magic: "ustar  ") + Tar.padded([4])
      + Tar.member("plain", [5]) + Tar.end
    let found = try read(archive)
    #expect(found.map(\.0) == [long, long, "some/prefix/name", "old", "plain"])
    #expect(found.map(\.1) == [[1], [2], [3], [4], [5]])
  }

  @Test func `every truncation is found`() {
    let archive = Tar.archive([("a", [1, 2, 3]), ("b", Array(repeating: 9, count: 600))])
    for length in stride(from: 0, to: archive.count, by: 7) {
      let error = failure(Array(archive.prefix(length)))
      #expect(error?.kind == .corrupt, "\(length)")
      #expect(error?.offset.map { $0 <= length } == true)
      #expect(error?.advice != nil)
    }
  }

  @Test func `damage is reported with its offset`() {
    let archive = Tar.archive([("a", [1, 2, 3])])
    var flipped = archive
    flipped[3] ^= 1
    #expect(failure(flipped)?.problem.hasPrefix("expected a tar archive") == true)
    let second = Tar.member("a", [1]) + Tar.member("b", [1]) + Tar.end
    flipped = second
    flipped[1024 + 3] ^= 1
    #expect(failure(flipped)?.offset == 1024 + 148)
    #expect(failure(archive + [1])?.offset == archive.count)
    #expect(failure(Array("<html>".utf8))?.problem.hasSuffix("found a web page (HTML)") == true)
    #expect(failure([])?.problem.hasSuffix("found an empty file") == true)
    let huge = Tar.header("a", count: 0o7777777777) + Tar.end
    #expect(failure(huge)?.problem.contains("which the file cannot hold") == true)
    let name = Tar.header("a", count: 100_000, type: "L") + [UInt8](repeating: 65, count: 101_000)
    #expect(failure(name + Tar.end)?.problem == "an extra header of 100000 bytes")
    let pax = Tar.member("x", Array("99 path=a\n".utf8), type: "x")
    #expect(failure(pax + archive)?.problem.contains("not made of records") == true)
  }

  @Test func `random changes never crash the reader`() {
    let whole = Tar.archive([("folder/a", [1, 2, 3]), ("b", Array(repeating: 9, count: 600))])
    let path = "path=\(long)\n"
    let pax = Tar.member("pax", Array("\(path.utf8.count + 4) \(path)".utf8), type: "x") + whole
    var mutator = Mutator(seed: 11)
    var accepted = 0
    for attempt in 0..<Mutator.attempts {
      let mutant = mutator.mutate(attempt % 2 == 0 ? whole : pax)
      if let found = try? read(mutant) {
        accepted += 1
        #expect(found.reduce(0) { $0 + $1.1.count } <= mutant.count)
      }
    }
    #expect(accepted > 0)
  }
}
