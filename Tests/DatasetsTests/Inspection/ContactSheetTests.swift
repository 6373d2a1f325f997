import CZlib
import Durable
import Model
import TestSupport
import Testing

@testable import Datasets

@Suite struct ContactSheetTests {
  /// The pixels of a PNG file as this project writes them.
  private func decode(_ file: [UInt8]) throws -> (width: Int, height: Int, pixels: [UInt8]) {
    #expect(file.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    func word(_ place: Int) -> Int { (0..<4).reduce(0) { $0 << 8 | Int(file[place + $1]) } }
    var place = 8
    var data: [UInt8] = []
    var names: [String] = []
    while place < file.count {
      let length = word(place)
      names.append(String(decoding: file[(place + 4)..<(place + 8)], as: UTF8.self))
      let body = Array(file[(place + 4)..<(place + 8 + length)])
      #expect(UInt32(word(place + 8 + length)) == Gzip.crc(body))
      if names.last == "IDAT" { data += body.dropFirst(4) }
      place += 12 + length
    }
    #expect(names == ["IHDR", "IDAT", "IEND"])
    let (width, height) = (word(16), word(20))
    let packed = MemoryFile(data)
    let rows = try packed.read { (source) throws(DatasetError) in
      try InflateReader(source, .zlib).everything(piece: 4096)
    }
    #expect(rows.count == height * (width * 3 + 1))
    var pixels: [UInt8] = []
    let length = width * 3 + 1
    for row in 0..<height { pixels += rows[(row * length + 1)..<((row + 1) * length)] }
    return (width, height, pixels)
  }

  @Test(arguments: [1, 3]) func `images stand side by side`(channels: Int) throws {
    let shape = FeatureShape(height: 2, width: 3, channels: channels)
    let pixels = (0..<(5 * shape.count)).map { UInt8($0 + 100) }
    let sheet = ContactSheet(shape: shape, pixels: pixels)
    #expect(sheet.count == 5)
    let picture = try decode(sheet.picture.file)
    // Three columns, two rows.
    #expect(picture.width == 3 * (6 + 2) + 2)
    #expect(picture.height == 2 * (4 + 2) + 2)
    for image in 0..<5 {
      for row in 0..<2 {
        for column in 0..<3 {
          let top = image / 3 * 6 + 2 + row * 2
          let left = image % 3 * 8 + 2 + column * 2
          for corner in [(0, 0), (1, 1)] {
            let place = ((top + corner.0) * picture.width + left + corner.1) * 3
            let source = ((image * 2 + row) * 3 + column) * channels
            let expected = (0..<3).map { pixels[source + (channels == 3 ? $0 : 0)] }
            #expect(Array(picture.pixels[place..<(place + 3)]) == expected)
          }
        }
      }
    }
  }

  @Test func `the file is written`() throws {
    let folder = try TemporaryFolder()
    let sheet = ContactSheet(
      shape: FeatureShape(height: 1, width: 1, channels: 1), pixels: [1, 2, 3])
    try sheet.write(to: folder.file("sheet.png"))
    #expect(try FileContents.read(folder.file("sheet.png")) == sheet.picture.file)
  }
}
