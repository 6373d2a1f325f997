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
  package static let convertible: [ElementType] = [.float32, .float64, .float16, .bfloat16]

  /// Writes elements, lowest byte first, into `numbers`, rounded to Float; `bytes` holds as many.
  /// - Returns: false, and nothing is written, for a type that is not among the convertible ones.
  func convert(
    _ bytes: UnsafeRawBufferPointer, to numbers: UnsafeMutableBufferPointer<Float>
  ) -> Bool {
    func bits<Bits: FixedWidthInteger>(_ type: Bits.Type, _ index: Int) -> Bits {
      Bits(
        littleEndian: bytes.loadUnaligned(
          fromByteOffset: index * MemoryLayout<Bits>.size, as: Bits.self))
    }
    switch self {
    case .float32:
      for index in numbers.indices { numbers[index] = Float(bitPattern: bits(UInt32.self, index)) }
    case .float64:
      for index in numbers.indices {
        numbers[index] = Float(Double(bitPattern: bits(UInt64.self, index)))
      }
    case .float16:
      for index in numbers.indices {
        numbers[index] = Float(Float16(bitPattern: bits(UInt16.self, index)))
      }
    case .bfloat16:
      for index in numbers.indices {
        numbers[index] = Float(bitPattern: UInt32(bits(UInt16.self, index)) << 16)
      }
    default: return false
    }
    return true
  }
}
