import TestSupport
import Testing

@testable import Datasets

@Suite struct ZipReaderTests {
  private let content = (0..<900).map { UInt8(truncatingIfNeeded: $0 / 3) }

  private func read(_ bytes: [UInt8]) throws(DatasetError) -> [String: [UInt8]] {
    try MemoryFile(bytes).read { (source) throws(DatasetError) in
      let zip = try ZipReader(source)
      var found: [String: [UInt8]] = [:]
      for member in zip.members { found[member.name] = try zip.open(member).everything(piece: 77) }
      return found
    }
  }

  private func failure(_ bytes: [UInt8]) -> DatasetError? {
    do throws(DatasetError) {
      _ = try read(bytes)
      return nil
    } catch { return error }
  }

  @Test(arguments: [true, false])
  func `members come back`(deflated: Bool) throws {
    let members = [("folder/a", content), ("b", []), ("c", [1, 2, 3])]
    let found = try read(Zip.archive(members, deflated: deflated, comment: Array("made".utf8)))
    #expect(found == ["folder/a": content, "b": [], "c": [1, 2, 3]])
  }

  @Test func `every truncation is found`() {
    let archive = Zip.archive([("a", content)])
    for length in 0..<archive.count {
      #expect(failure(Array(archive.prefix(length)))?.kind == .corrupt)
    }
  }

  @Test func `every flipped bit of the contents is found`() {
    for deflated in [true, false] {
      let archive = Zip.archive([("a", Array(content.prefix(60)))], deflated: deflated)
      for index in 31..<(archive.count - 22 - 47) {
        for bit in 0..<8 {
          var damaged = archive
          damaged[index] ^= 1 << UInt8(bit)
          let found = try? read(damaged)
          #expect(found == nil || found == ["a": Array(content.prefix(60))])
        }
      }
    }
  }

  @Test func `wrong sizes and offsets in a ZIP file are named`() {
    let whole = [("a", content)]
    #expect(failure(Zip.archive(whole, crc: 1))?.problem.contains("CRC-32") == true)
    #expect(
      failure(Zip.archive(whole, count: 800))?.problem
        == "more bytes than the 800 of the table of contents")
    #expect(
      failure(Zip.archive(whole, count: 1000))?.problem
        == "the contents end after 900 of 1000 bytes")
    #expect(failure(Zip.archive(whole, flags: 1))?.problem == "a is encrypted")
    #expect(failure(Zip.archive(whole, method: 12))?.problem.contains("method 12") == true)
    #expect(failure(Array("<html>".utf8))?.problem.hasSuffix("found a web page (HTML)") == true)
    #expect(failure([])?.problem.hasSuffix("found an empty file") == true)
    var large = Zip.archive(whole)
    for index in (large.count - 6)..<(large.count - 2) { large[index] = 0xFF }
    let error = failure(large)
    #expect(error?.kind == .usage)
    #expect(error?.problem.contains("zip64") == true)
  }

  @Test func `a ZIP member is not unpacked beyond its stated size`() throws {
    let bomb = Zip.archive([("a", [UInt8](repeating: 0, count: 20_000_000))], count: 100)
    try MemoryFile(bomb).read { (source) throws(DatasetError) in
      let zip = try ZipReader(source)
      let reader = try zip.open(zip.members[0])
      #expect(reader.maximumBytes == 100)
      let error = #expect(throws: DatasetError.self) { try reader.skip() }
      #expect(error?.offset == 100)
    }
  }

  @Test func `random changes neither crash nor pass for other content`() {
    let small = Array(content.prefix(80))
    let archives = [
      Zip.archive([("a", small)]), Zip.archive([("a", small), ("b", [1])], deflated: false),
    ]
    var mutator = Mutator(seed: 12)
    var accepted = 0
    for attempt in 0..<Mutator.attempts {
      guard let found = try? read(mutator.mutate(archives[attempt % 2])) else { continue }
      accepted += 1
      #expect(found.values.allSatisfy { $0 == small || $0 == [1] || $0 == [] })
    }
    #expect(accepted > 0)
  }
}
