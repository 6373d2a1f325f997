import CZlib

/// A picture of 8-bit red, green and blue, and its file in the format PNG (ISO/IEC 15948).
struct PNGImage {
  let width: Int
  let height: Int
  /// Height × width × 3.
  private var pixels: [UInt8]

  /// A picture in one grey.
  init(width: Int, height: Int, grey: UInt8) {
    self.width = width
    self.height = height
    pixels = [UInt8](repeating: grey, count: width * height * 3)
  }

  /// Sets a pixel.
  mutating func set(row: Int, column: Int, _ colour: SIMD3<UInt8>) {
    let place = (row * width + column) * 3
    for channel in 0..<3 { pixels[place + channel] = colour[channel] }
  }

  var file: [UInt8] {
    let header = Self.word(width) + Self.word(height) + [8, 2, 0, 0, 0]
    var rows: [UInt8] = []
    rows.reserveCapacity(pixels.count + height)
    for row in 0..<height {
      rows.append(0)
      rows += pixels[(row * width * 3)..<((row + 1) * width * 3)]
    }
    return FileSignature.png + Self.chunk("IHDR", header)
      + Self.chunk("IDAT", Self.deflated(rows)) + Self.chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    let crc = crc32(0, body, UInt32(body.count))
    return word(data.count) + body + word(Int(crc))
  }

  /// Four bytes, the highest first.
  private static func word(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var length = compressBound(UInt(bytes.count))
    var output = [UInt8](repeating: 0, count: Int(length))
    // Enough room was asked for, so that only a lack of memory could make this fail.
    guard compress2(&output, &length, bytes, UInt(bytes.count), 6) == Z_OK else { return [] }
    return Array(output.prefix(Int(length)))
  }
}
