import Durable
import TestSupport
import Testing

@testable import Weights

/// Safetensors files made by hand, whole or damaged.
enum SafetensorsBytes {
  /// A file with this header and so many bytes behind it.
  static func file(_ header: String, dataBytes: Int) -> [UInt8] {
    length(header.utf8.count) + Array(header.utf8) + (0..<dataBytes).map { UInt8($0 & 0x3F) }
  }

  /// A number in eight bytes, the lowest first.
  static func length(_ count: Int) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
  }

  /// Two tensors of 16 and 8 bytes.
  static let header = """
    {"__metadata__": {"format": "pt"}, \
    "a": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]}, \
    "b": {"dtype": "F16", "shape": [4], "data_offsets": [16, 24]}}
    """

  /// The error that a file gives, or nil.
  static func error(_ bytes: [UInt8]) throws -> WeightsError? {
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, "w.safetensors")
    do throws(WeightsError) {
      try SafetensorsFile(path).read { _, _ in }
      return nil
    } catch {
      var error = error
      #expect(error.file == path)
      error.file = "w"
      return error
    }
  }
}
