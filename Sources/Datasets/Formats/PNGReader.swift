import CZlib
import Model

/// Reads PNG files (ISO/IEC 15948) of up to eight bits, not interlaced: grey or colour, with or
/// without a palette or opacity.
struct PNGReader {
  /// What a file holds.
  struct Image {
    var shape: FeatureShape
    /// NHWC.
    var pixels: [UInt8]
  }

  private static let maximumSide = 1024
  /// Colour types of the format and how many values a pixel has in the file.
  private static let samples: [UInt8: Int] = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4]

  private let reader: any ContentReader

  init(_ reader: any ContentReader) { self.reader = reader }

  /// Reads the file to its end.
  func image() throws(DatasetError) -> Image {
    guard try reader.bytes(8) == FileSignature.png else {
      throw damage(0, "expected a PNG file (bytes 89 50 4e 47 0d 0a 1a 0a)")
    }
    var offset = 8
    var header: [UInt8] = []
    var palette: [UInt8] = []
    var packed: [UInt8] = []
    while true {
      let start = try reader.bytes(8)
      guard start.count == 8 else { throw damage(offset + start.count, "the file ends too early") }
      let count = start.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      guard count <= reader.maximumBytes - offset - 12 else {
        throw damage(offset, "a part of \(count) bytes, which the file cannot hold")
      }
      let data = try reader.bytes(count)
      let sum = try reader.bytes(4)
      guard data.count == count, sum.count == 4 else {
        throw damage(offset, "the file ends inside a part of \(count) bytes")
      }
      try checkSum(Array(start[4...]) + data, sum, offset)
      switch start[4...] {
      case _ where start[4...].elementsEqual("IHDR".utf8): header = data
      case _ where start[4...].elementsEqual("PLTE".utf8): palette = data
      case _ where start[4...].elementsEqual("IDAT".utf8): packed += data
      case _ where start[4...].elementsEqual("IEND".utf8):
        return try decode(header, palette, packed)
      default:
        // Lower-case names mark what can be passed over.
        guard start[4] & 0x20 != 0 else {
          throw damage(offset, "a part that is not known, but needed")
        }
      }
      offset += count + 12
    }
  }

  private func checkSum(_ body: [UInt8], _ sum: [UInt8], _ offset: Int) throws(DatasetError) {
    let found = UInt32(truncatingIfNeeded: crc32(0, body, UInt32(body.count)))
    guard sum.reduce(UInt32(0), { $0 << 8 | UInt32($1) }) == found else {
      throw damage(offset, "a part whose CRC-32 differs from its contents'")
    }
  }

  private func decode(
    _ header: [UInt8], _ palette: [UInt8], _ packed: [UInt8]
  ) throws(DatasetError) -> Image {
    guard header.count == 13, let samples = Self.samples[header[9]] else {
      throw damage(8, "a header that is none")
    }
    let width = header.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    let height = header[4..<8].reduce(0) { $0 << 8 | Int($1) }
    let depth = Int(header[8])
    guard (1...Self.maximumSide).contains(width), (1...Self.maximumSide).contains(height) else {
      throw damage(16, "\(height)×\(width) pixels, expected sides of 1 to \(Self.maximumSide)")
    }
    guard [1, 2, 4, 8].contains(depth), depth == 8 || samples == 1, header[10] == 0,
      header[11] == 0, header[12] == 0
    else {
      throw DatasetError(
        .usage, file: reader.name, offset: 24,
        header[12] != 0 ? "an interlaced PNG file" : "a PNG file of \(depth) bits",
        advice: "save it with 8 bits and without interlacing")
    }
    let rowBytes = (width * samples * depth + 7) / 8
    let source = ByteSource(memory: packed, name: reader.name)
    let inflated = try InflateReader(source, .zlib)
    let rows = try inflated.bytes(height * (rowBytes + 1))
    guard rows.count == height * (rowBytes + 1), try inflated.bytes(1).isEmpty else {
      throw damage(nil, "its rows do not have \(rowBytes) bytes each")
    }
    let values = try unfiltered(rows, height, rowBytes, max(1, samples * depth / 8))
    var pixels: [UInt8] = []
    pixels.reserveCapacity(height * width * samples)
    for row in 0..<height {
      let bytes = values[(row * rowBytes)..<((row + 1) * rowBytes)]
      if depth == 8 {
        pixels += bytes
        continue
      }
      for column in 0..<width {
        let bit = column * depth
        let byte = Int(bytes[bytes.startIndex + bit / 8])
        let value = byte >> (8 - depth - bit % 8) & ((1 << depth) - 1)
        // Grey of few bits reaches from 0 to 255, too.
        pixels.append(UInt8(header[9] == 0 ? value * 255 / ((1 << depth) - 1) : value))
      }
    }
    if header[9] == 3 { return try coloured(pixels, palette, height, width) }
    return Image(
      shape: FeatureShape(height: height, width: width, channels: samples), pixels: pixels)
  }

  private func coloured(
    _ places: [UInt8], _ palette: [UInt8], _ height: Int, _ width: Int
  ) throws(DatasetError) -> Image {
    var pixels: [UInt8] = []
    for place in places {
      let start = Int(place) * 3
      guard start + 3 <= palette.count else {
        throw damage(nil, "colour \(place) of a palette of \(palette.count / 3)")
      }
      pixels += palette[start..<(start + 3)]
    }
    return Image(shape: FeatureShape(height: height, width: width, channels: 3), pixels: pixels)
  }

  /// Takes the filters off: each row says which it has.
  private func unfiltered(
    _ rows: [UInt8], _ height: Int, _ rowBytes: Int, _ pixelBytes: Int
  ) throws(DatasetError) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: height * rowBytes)
    for row in 0..<height {
      let start = row * (rowBytes + 1)
      let filter = rows[start]
      guard filter <= 4 else { throw damage(nil, "row \(row + 1) has the filter \(filter)") }
      for column in 0..<rowBytes {
        let place = row * rowBytes + column
        let left = column >= pixelBytes ? output[place - pixelBytes] : 0
        let above = row > 0 ? output[place - rowBytes] : 0
        let corner = row > 0 && column >= pixelBytes ? output[place - rowBytes - pixelBytes] : 0
        let guess: UInt8 =
          switch filter {
          case 1: left
          case 2: above
          case 3: UInt8((Int(left) + Int(above)) / 2)
          case 4: Self.paeth(Int(left), Int(above), Int(corner))
          default: 0
          }
        output[place] = rows[start + 1 + column] &+ guess
      }
    }
    return output
  }

  private static func paeth(_ left: Int, _ above: Int, _ corner: Int) -> UInt8 {
    let estimate = left + above - corner
    let distances = [left, above, corner].map { abs(estimate - $0) }
    if distances[0] <= distances[1], distances[0] <= distances[2] { return UInt8(left) }
    return UInt8(distances[1] <= distances[2] ? above : corner)
  }

  private func damage(_ offset: Int?, _ problem: String) -> DatasetError {
    reader.damage(offset, problem, "the file is damaged, or no PNG file: get it again")
  }
}

extension PNGReader.Image {
  /// Takes away the channel of opacity where it says nothing.
  mutating func dropOpaqueAlpha() {
    let channels = shape.channels
    guard channels == 2 || channels == 4 else { return }
    let alphas = stride(from: channels - 1, to: pixels.count, by: channels)
    guard alphas.allSatisfy({ pixels[$0] == 255 }) else { return }
    pixels = pixels.indices.filter { $0 % channels != channels - 1 }.map { pixels[$0] }
    shape = FeatureShape(height: shape.height, width: shape.width, channels: channels - 1)
  }
}
