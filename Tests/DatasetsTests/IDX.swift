/// Makes IDX files for tests.
enum IDX {
  /// A file with these dimensions, whatever the elements.
  static func file(_ dimensions: [Int], _ elements: [UInt8], type: UInt8 = 8) -> [UInt8] {
    let sizes = dimensions.flatMap { size in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) }
    }
    return [0, 0, type, UInt8(dimensions.count)] + sizes + elements
  }

  /// `count` images of `side` × `side` pixels, each with another pattern.
  static func images(_ count: Int, side: Int) -> [UInt8] {
    let elements = (0..<(count * side * side)).map {
      UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 / 11)
    }
    return file([count, side, side], elements)
  }

  /// `count` labels from 0 to 9.
  static func labels(_ count: Int) -> [UInt8] { file([count], (0..<count).map { UInt8($0 % 10) }) }
}
