/// The types of a tensor's elements that safetensors files have.
package enum ElementType: String, CaseIterable, Sendable {
  case bool = "BOOL"
  case uint8 = "U8"
  case int8 = "I8"
  case float8E5M2 = "F8_E5M2"
  case float8E4M3 = "F8_E4M3"
  case int16 = "I16"
  case uint16 = "U16"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case int32 = "I32"
  case uint32 = "U32"
  case float32 = "F32"
  case float64 = "F64"
  case int64 = "I64"
  case uint64 = "U64"

  /// Bytes of an element.
  package var size: Int {
    switch self {
    case .bool, .uint8, .int8, .float8E5M2, .float8E4M3: 1
    case .int16, .uint16, .float16, .bfloat16: 2
    case .int32, .uint32, .float32: 4
    case .float64, .int64, .uint64: 8
    }
  }

  /// The types that become Float: those that weights have.
  package static let convertible: [ElementType] = {
    let none: [UInt8] = []
    return allCases.filter { $0.floats(none.span.bytes, count: 0) != nil }
  }()

  /// The first `count` elements of `bytes`, lowest byte first, rounded to Float; nil for a type that
  /// does not become Float. Traps where there are fewer.
  func floats(_ bytes: RawSpan, count: Int) -> [Float]? {
    func bits<Bits: FixedWidthInteger & BitwiseCopyable>(_ type: Bits.Type, _ index: Int) -> Bits {
      let place = index * MemoryLayout<Bits>.size
      return Bits(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: place, as: Bits.self))
    }
    switch self {
    case .float32: return (0..<count).map { Float(bitPattern: bits(UInt32.self, $0)) }
    case .float64: return (0..<count).map { Float(Double(bitPattern: bits(UInt64.self, $0))) }
    case .float16: return (0..<count).map { Float(Float16(bitPattern: bits(UInt16.self, $0))) }
    case .bfloat16:
      return (0..<count).map { Float(bitPattern: UInt32(bits(UInt16.self, $0)) << 16) }
    case .bool, .uint8, .int8, .float8E5M2, .float8E4M3, .int16, .uint16, .int32, .uint32, .int64,
      .uint64:
      return nil
    }
  }
}
