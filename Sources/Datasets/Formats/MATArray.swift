/// An array of a MAT file, as its header describes it.
struct MATArray: Equatable {
  /// MATLAB's classes of arrays, by their number in a file.
  enum Class: Int, CaseIterable {
    case cell = 1
    case structure, object, character, sparse, double, single, int8, uint8, int16, uint16
    case int32, uint32, int64, uint64, function, opaque

    /// MATLAB's word for it.
    var name: String {
      switch self {
      case .structure: "struct"
      case .character: "char"
      case .function: "function_handle"
      case .cell, .object, .sparse, .double, .single, .int8, .uint8, .int16, .uint16, .int32,
        .uint32,
        .int64, .uint64, .opaque:
        "\(self)"
      }
    }

    /// Whether its elements are numbers in a row.
    var isNumeric: Bool { (Self.double.rawValue...Self.uint64.rawValue).contains(rawValue) }
  }

  /// How numbers are stored, by the number in a file; a class may be stored in a smaller type.
  enum Storage: Int, CaseIterable {
    case int8 = 1
    case uint8, int16, uint16, int32, uint32, single
    case double = 9
    case int64 = 12
    case uint64 = 13

    /// Bytes of an element.
    var size: Int {
      switch self {
      case .int8, .uint8: 1
      case .int16, .uint16: 2
      case .int32, .uint32, .single: 4
      case .double, .int64, .uint64: 8
      }
    }
  }

  var name: String
  var kind: Class
  /// Whether it holds truth values.
  var isLogical: Bool
  /// Whether it has an imaginary part.
  var isComplex: Bool
  /// Rows, columns, …; the first varies fastest.
  var dimensions: [Int]
  /// Elements, known to be possible for a file.
  var count: Int
  /// How its numbers are stored; nil if it has none.
  var storage: Storage?
  /// Whether it is compressed in the file.
  var isCompressed: Bool

  /// The dimensions as people write them.
  var shapeText: String { dimensions.map(String.init).joined(separator: "×") }
}
