import CZlib

/// Compresses for tests.
enum Gzip {
  /// One gzip member that holds `content`; other window bits give other wrappings.
  static func compress(_ content: [UInt8], level: Int32 = 6, windowBits: Int32 = 31) -> [UInt8] {
    var stream = z_stream()
    precondition(regbench_deflate_init(&stream, level, windowBits) == Z_OK)
    defer { deflateEnd(&stream) }
    var input = content
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(content.count))) + 64)
    let written = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
        return Int(stream.total_out)
      }
    }
    return Array(output.prefix(written))
  }

  /// CRC-32 of the content.
  static func crc(_ content: [UInt8]) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32(0, content, UInt32(content.count)))
  }
}
