import CZlib

/// Makes gzip files for tests.
enum Gzip {
  /// One member that holds `content`.
  static func compress(_ content: [UInt8], level: Int32 = 6) -> [UInt8] {
    var stream = z_stream()
    precondition(regbench_deflate_init(&stream, level, 31) == Z_OK)
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
}
