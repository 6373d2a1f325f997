@testable import Datasets

/// Makes NumPy's files for tests.
enum NumPy {
  /// An array in the format NPY, version 1.
  static func array(
    _ type: String, _ shape: [Int], _ bytes: [UInt8], order: String = "False"
  ) -> [UInt8] {
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(sizes)), }"
    text += String(repeating: " ", count: (64 - (11 + text.utf8.count) % 64) % 64) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + Zip.short(text.utf8.count) + Array(text.utf8)
      + bytes
  }

  /// An archive of four arrays as Keras names them.
  static func archive(
    training: (images: [UInt8], labels: [UInt8]), test: (images: [UInt8], labels: [UInt8]),
    deflated: Bool = true
  ) -> [UInt8] {
    Zip.archive(
      [
        ("x_test.npy", test.images), ("x_train.npy", training.images),
        ("y_train.npy", training.labels), ("y_test.npy", test.labels),
      ], deflated: deflated)
  }

  /// Whole numbers of eight bytes.
  static func longs(_ values: [Int]) -> [UInt8] {
    values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
  }
}

/// Makes PNG files for tests.
enum PNG {
  /// A file whose rows have the filter `filter`, made by its inverse.
  static func file(
    width: Int, height: Int, colour: UInt8, depth: UInt8 = 8, rows: [[UInt8]], filter: UInt8 = 0,
    palette: [UInt8] = [], interlaced: Bool = false
  ) -> [UInt8] {
    let samples: [UInt8: Int] = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4]
    let step = max(1, (samples[colour] ?? 1) * Int(depth) / 8)
    var packed: [UInt8] = []
    for (number, row) in rows.enumerated() {
      let above = number > 0 ? rows[number - 1] : [UInt8](repeating: 0, count: row.count)
      packed.append(filter)
      for place in row.indices {
        let left = place >= step ? Int(row[place - step]) : 0
        let corner = place >= step ? Int(above[place - step]) : 0
        let up = Int(above[place])
        var guess = [0, left, up, (left + up) / 2, 0][Int(filter)]
        if filter == 4 {
          let estimate = left + up - corner
          let (a, b, c) = (abs(estimate - left), abs(estimate - up), abs(estimate - corner))
          guess = a <= b && a <= c ? left : b <= c ? up : corner
        }
        packed.append(row[place] &- UInt8(guess))
      }
    }
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    file += chunk("IHDR", word(width) + word(height) + [depth, colour, 0, 0, interlaced ? 1 : 0])
    file += chunk("tEXt", Array("made for a test".utf8))
    if !palette.isEmpty { file += chunk("PLTE", palette) }
    return file + chunk("IDAT", Gzip.compress(packed, windowBits: 15)) + chunk("IEND", [])
  }

  /// A square of one grey.
  static func grey(_ value: UInt8, side: Int = 3) -> [UInt8] {
    let row = [UInt8](repeating: value, count: side)
    return file(width: side, height: side, colour: 0, rows: Array(repeating: row, count: side))
  }

  static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    return word(data.count) + body + word(Int(Gzip.crc(body)))
  }

  private static func word(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
