import TestSupport
import Testing

@testable import Datasets

@Suite struct GzipReaderTests {
  private let content = (0..<700).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }

  /// Everything the reader gives for these bytes, in pieces of `piece`.
  private func decode(_ bytes: [UInt8], piece: Int = 64) throws(DatasetError) -> [UInt8] {
    let reader = try GzipReader(ByteSource(memory: bytes, name: "test.gz"))
    var room = [UInt8](repeating: 0, count: piece)
    var output: [UInt8] = []
    while true {
      var span = room.mutableSpan
      let got = try reader.read(into: &span)
      if got == 0 { break }
      output += room.prefix(got)
    }
    return output
  }

  private func failure(_ bytes: [UInt8]) -> DatasetError? {
    do throws(DatasetError) {
      _ = try decode(bytes)
      return nil
    } catch { return error }
  }

  @Test(arguments: [1, 3, 64, 699, 700, 701, 100_000])
  func `whole files come back`(piece: Int) throws {
    #expect(try decode(Gzip.compress(content), piece: piece) == content)
    #expect(try decode(Gzip.compress([]), piece: piece) == [])
  }

  @Test func `files larger than a piece of input come back`() throws {
    // Hard to compress, so that the compressed form is read in several pieces.
    var state: UInt32 = 1
    let large = (0..<300_000).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    let folder = try TemporaryFolder()
    let path = try folder.write(Gzip.compress(large), "large.gz")
    let reader = try GzipReader(try ByteSource(file: path))
    #expect(try reader.bytes(400_000) == large)
    #expect(try reader.bytes(1) == [])
  }

  @Test func `members are joined`() throws {
    let joined = Gzip.compress(content) + Gzip.compress([]) + Gzip.compress([1, 2, 3])
    #expect(try decode(joined) == content + [1, 2, 3])
  }

  @Test func `every truncation is found`() {
    let whole = Gzip.compress(content)
    for length in 0..<whole.count {
      let error = failure(Array(whole.prefix(length)))
      #expect(error?.kind == .corrupt)
      #expect(error?.offset == (length < 2 ? 0 : length))
      #expect(error?.advice != nil)
    }
    let two = whole + Gzip.compress([1, 2, 3])
    for length in (whole.count + 1)..<two.count {
      #expect(failure(Array(two.prefix(length)))?.kind == .corrupt)
    }
  }

  @Test func `every flipped bit is found or harmless`() {
    let whole = Gzip.compress(content)
    for index in whole.indices {
      for bit in 0..<8 {
        var damaged = whole
        damaged[index] ^= 1 << UInt8(bit)
        if let error = failure(damaged) {
          #expect(error.kind == .corrupt)
          #expect(error.offset.map { (0...whole.count).contains($0) } == true)
        } else {
          // Only what the header says about the original file may differ: whether it was text,
          // its time, the compressor's effort, the system; and the bits that fill the last byte
          // of compressed data, before CRC and length.
          let isUnused = (index == 3 && bit == 0) || (4...9).contains(index)
          #expect(isUnused || index == whole.count - 9)
          #expect((try? decode(damaged)) == content)
        }
      }
    }
  }

  @Test(arguments: [[7], [0, 0, 0, 4], [0x1F], [0x1F, 0x8C], Array("tail".utf8)] as [[UInt8]])
  func `nothing may follow the end`(tail: [UInt8]) {
    let whole = Gzip.compress(content)
    let error = failure(whole + tail)
    #expect(error?.offset == whole.count)
    #expect(error?.problem == "\(tail.count) bytes follow the end of the compressed data")
  }

  @Test(arguments: [1, 2, 512, 100_000])
  func `files may be filled up with zeros`(count: Int) throws {
    let whole = Gzip.compress(content)
    let padding = [UInt8](repeating: 0, count: count)
    #expect(try decode(whole + padding) == content)
    #expect(try decode(whole + whole + padding) == content + content)
    #expect(failure(whole + padding + [1])?.offset == whole.count)
  }

  @Test(arguments: [
    ("", "an empty file"), ("<!DOCTYPE html><html>", "a web page (HTML)"),
    ("\n  <html>", "a web page (HTML)"), ("<?xml version", "a web page (HTML)"),
    ("PK\u{3}\u{4}", "bytes 50 4b"), ("\0\0\u{8}\u{3}", "an uncompressed IDX file"),
    ("<", "bytes 3c"),
  ])
  func `a file that is not gzip is named`(text: String, found: String) {
    let error = failure(Array(text.utf8))
    #expect(error?.offset == 0)
    #expect(error?.problem == "expected a gzip file (bytes 1f 8b), found \(found)")
    #expect(error?.kind == .corrupt)
  }

  @Test func `a zlib stream is not gzip`() {
    #expect(failure([0x78, 0x9C, 0x03, 0, 0, 0, 0, 1])?.offset == 0)
  }

  @Test func `random changes neither crash nor pass for other content`() {
    let whole = Gzip.compress(Array(content.prefix(120)))
    var mutator = Mutator(seed: 1)
    var accepted = 0
    for _ in 0..<Mutator.attempts {
      let mutant = mutator.mutate(whole)
      guard let output = try? decode(mutant, piece: 512) else { continue }
      accepted += 1
      // A repeated whole member is legal.
      #expect(
        output.count % 120 == 0 && output.prefix(120).elementsEqual(content.prefix(120)))
    }
    #expect(accepted > 0 && accepted < Mutator.attempts / 2)
  }
}
