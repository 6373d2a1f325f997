import Canonical

/// The weights that one unit of the first layer gives the numbers of its input, as a picture.
package struct FilterImage: Hashable, Sendable {
  /// The unit, from 0.
  package var unit: Int
  /// Columns.
  package var width: Int
  /// Rows; where the input has several channels their pictures stand below each other.
  package var height: Int
  /// The weight that the grey value 0 stands for.
  package var low: Double
  /// The weight that 255 stands for.
  package var high: Double
  /// Grey values, row by row.
  package var pixels: [UInt8]

  package init(
    unit: Int, width: Int, height: Int, low: Double, high: Double, pixels: [UInt8]
  ) {
    self.unit = unit
    self.width = width
    self.height = height
    self.low = low
    self.high = high
    self.pixels = pixels
  }

  static let columns = ["unit", "width", "height", "low", "high", "pixels"]

  /// The fields in the order of `columns`; each pixel is two hexadecimal digits.
  var fields: [String] {
    [
      String(unit), String(width), String(height), low.shortestText, high.shortestText,
      HexText.of(pixels),
    ]
  }

  /// Reads what `fields` gave; nil if it is anything else.
  init?(fields: [String]) {
    guard fields.count == 6, let unit = Int(fields[0]), unit >= 0,
      let width = Int(fields[1]), let height = Int(fields[2]), (1...4096).contains(width),
      (1...65_536).contains(height), let low = Double(fields[3]), let high = Double(fields[4])
    else { return nil }
    let digits: [UInt8] = fields[5].utf8.compactMap { Self.value($0) }
    let count: Int = width * height
    guard digits.count == 2 * count, fields[5].utf8.count == 2 * count else { return nil }
    var pixels: [UInt8] = []
    for pixel in 0..<count {
      let (upper, lower) = (digits[2 * pixel], digits[2 * pixel + 1])
      pixels.append(upper << 4 | lower)
    }
    self.init(unit: unit, width: width, height: height, low: low, high: high, pixels: pixels)
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
