import Glibc

/// The small files in which the kernel tells about itself: /proc and /sys.
package enum KernelFile {
  /// The whole text; empty if there is no such file, or none that may be read.
  package static func text(_ path: String) -> String {
    let descriptor = SystemCall.retrying { open(path, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 8192)
    while true {
      let count = block.withUnsafeMutableBytes { raw in
        SystemCall.retrying { read(descriptor, raw.baseAddress, raw.count) }
      }
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += block[..<count]
    }
  }

  /// What stands behind `name:` on the first line of `text` that begins so, without spaces around it.
  package static func value(of name: String, in text: String) -> Substring? {
    for line in text.split(separator: "\n") where line.hasPrefix("\(name):") {
      let value = line.dropFirst(name.utf8.count + 1).drop(while: \.isWhitespace)
      let length = value.reversed().drop(while: \.isWhitespace).count
      return value.prefix(length)
    }
    return nil
  }

  /// The number behind `name:`, as in `VmHWM:   12345 kB`.
  package static func number(of name: String, in text: String) -> Int? {
    value(of: name, in: text).flatMap { Int($0.prefix(while: \.isNumber)) }
  }
}
