import Model
import TestSupport
import Testing

@testable import Datasets

@Suite struct PNGReaderTests {
  private func read(_ bytes: [UInt8]) throws(DatasetError) -> PNGReader.Image {
    try PNGReader(ByteSource(memory: bytes, name: "test.png")).image()
  }

  private func problem(_ bytes: [UInt8]) -> String? {
    do throws(DatasetError) {
      _ = try read(bytes)
      return nil
    } catch { return error.problem }
  }

  @Test(arguments: [0, 1, 2, 3, 4] as [UInt8])
  func `every filter is taken off`(filter: UInt8) throws {
    let rows = (0..<5).map { row in (0..<12).map { UInt8(($0 * 41 + row * 67) % 256) } }
    let image = try read(
      PNG.file(width: 4, height: 5, colour: 2, rows: rows, filter: filter))
    #expect(image.shape == FeatureShape(height: 5, width: 4, channels: 3))
    #expect(image.pixels == rows.flatMap { $0 })
  }

  @Test func `what this program writes is read again`() throws {
    var picture = PNGImage(width: 3, height: 2, grey: 7)
    picture.set(row: 1, column: 2, SIMD3(1, 2, 3))
    let image = try read(picture.file)
    #expect(image.pixels == [UInt8](repeating: 7, count: 15) + [1, 2, 3])
  }

  @Test func `low bit depths, palettes and opacity become bytes`() throws {
    let bits = try read(
      PNG.file(width: 10, height: 1, colour: 0, depth: 1, rows: [[0b1010_0000, 0b0100_0000]]))
    #expect(bits.pixels == [255, 0, 255, 0, 0, 0, 0, 0, 0, 255])
    let palette: [UInt8] = [1, 2, 3, 4, 5, 6]
    let coloured = try read(
      PNG.file(width: 3, height: 1, colour: 3, rows: [[1, 0, 1]], palette: palette))
    #expect(coloured.pixels == [4, 5, 6, 1, 2, 3, 4, 5, 6])
    var opaque = try read(PNG.file(width: 2, height: 1, colour: 4, rows: [[9, 255, 8, 255]]))
    opaque.dropOpaqueAlpha()
    #expect(opaque.pixels == [9, 8] && opaque.shape.channels == 1)
    var clear = try read(PNG.file(width: 2, height: 1, colour: 4, rows: [[9, 255, 8, 254]]))
    clear.dropOpaqueAlpha()
    #expect(clear.shape.channels == 2)
  }

  @Test func `forms that are not read are named`() {
    let row = [[UInt8](repeating: 1, count: 3)]
    #expect(
      problem(PNG.file(width: 3, height: 1, colour: 0, rows: row, interlaced: true))
        == "an interlaced PNG file")
    #expect(
      problem(PNG.file(width: 3, height: 1, colour: 3, rows: row, palette: [1, 2, 3]))
        == "colour 1 of a palette of 1")
    #expect(problem(PNG.file(width: 4, height: 1, colour: 0, rows: row))?.contains("rows") == true)
    #expect(problem([1, 2, 3])?.hasPrefix("expected a PNG file") == true)
    #expect(
      problem(PNG.file(width: 2000, height: 1, colour: 0, rows: row))?.contains("1 to 1024")
        == true)
  }

  @Test func `every truncation and every flipped bit is found`() {
    let whole = PNG.grey(77)
    for count in whole.indices { #expect(problem(Array(whole.prefix(count))) != nil) }
    for place in whole.indices {
      var damaged = whole
      damaged[place] ^= 4
      // The name of a part that can be passed over may change into another such name.
      guard let image = try? read(damaged) else { continue }
      #expect(image.pixels == [UInt8](repeating: 77, count: 9))
    }
  }

  @Test func `random changes never crash the reader`() {
    let whole = PNG.file(
      width: 4, height: 2, colour: 2,
      rows: (0..<2).map { row in (0..<12).map { UInt8($0 * row) } }, filter: 4)
    var mutator = Mutator(seed: 21)
    for _ in 0..<Mutator.attempts { _ = try? read(mutator.mutate(whole)) }
  }
}
