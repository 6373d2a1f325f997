import Testing

@testable import Weights

@Suite struct ElementTypeTests {
  private func convert(_ type: ElementType, _ bytes: [UInt8]) -> [Float]? {
    type.floats(bytes.span.bytes, count: bytes.count / type.size)
  }

  @Test func `weights become floats`() {
    #expect(convert(.float32, [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]) == [1, -2])
    #expect(convert(.float64, [0, 0, 0, 0, 0, 0, 0xF8, 0x3F]) == [1.5])
    #expect(convert(.float16, [0, 0x3C, 1, 0]) == [1, 0x1p-24])
    #expect(convert(.bfloat16, [0x80, 0x3F, 0x80, 0x7F]) == [1, .infinity])
  }

  @Test func `doubles are rounded`() {
    let bits = (1.0 / 3).bitPattern
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }
    #expect(convert(.float64, bytes) == [Float(1.0 / 3)])
  }

  @Test func `tensors of other types stay bytes`() {
    for type in ElementType.allCases where !ElementType.convertible.contains(type) {
      #expect(convert(type, [UInt8](repeating: 0, count: 8)) == nil)
    }
  }

  @Test func `sizes are those of the names`() {
    for type in ElementType.allCases where type != .bool {
      let digits = type.rawValue.prefix { $0 != "_" }.filter(\.isNumber)
      #expect(Int(digits) == 8 * type.size, "\(type.rawValue)")
    }
  }
}
