/// A picture in greys as the text of a data address, so that a drawing needs no other file.
///
/// The file inside is a PNG (ISO/IEC 15948) whose blocks are stored, not compressed: compression
/// differs between versions of a library, and figures are the same bytes everywhere.
struct GreyImage {
  let width: Int
  let height: Int
  private(set) var pixels: [UInt8]

  /// A picture in one grey.
  init(width: Int, height: Int, grey: UInt8) {
    self.width = width
    self.height = height
    pixels = [UInt8](repeating: grey, count: width * height)
  }

  /// Puts rows of pixels, row by row, with the upper left corner at a place.
  mutating func put(_ tile: [UInt8], width tileWidth: Int, row: Int, column: Int) {
    for (index, pixel) in tile.enumerated() {
      pixels[(row + index / tileWidth) * width + column + index % tileWidth] = pixel
    }
  }

  /// `data:image/png;base64,…`.
  var address: String { "data:image/png;base64,\(Base64.text(file))" }

  var file: [UInt8] {
    var rows: [UInt8] = []
    rows.reserveCapacity((width + 1) * height)
    for row in 0..<height {
      rows.append(0)
      rows += pixels[row * width..<(row + 1) * width]
    }
    let header = Self.word(UInt32(width)) + Self.word(UInt32(height)) + [8, 0, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Self.chunk("IHDR", header)
      + Self.chunk("IDAT", Self.stored(rows)) + Self.chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    return word(UInt32(data.count)) + body + word(crc(body))
  }

  /// Four bytes, the highest first.
  private static func word(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  /// A zlib stream of stored blocks (RFC 1950, 1951).
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let end = min(start + 65_535, bytes.count)
      let count = UInt16(end - start)
      stream.append(end == bytes.count ? 1 : 0)
      for value in [count, ~count] {
        stream += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
      }
      stream += bytes[start..<end]
      start = end
    } while start < bytes.count
    return stream + word(adler(bytes))
  }

  private static func adler(_ bytes: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    return b << 16 | a
  }

  private static let crcTable: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
    }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crcTable[Int(($0 ^ UInt32($1)) & 0xFF)] ^ $0 >> 8 }
  }
}
