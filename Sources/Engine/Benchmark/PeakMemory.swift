import Glibc

extension NetworkBenchmark {
  /// The largest resident set of this process so far, in 10⁶ bytes; 0 if the system does not say.
  package static func peakMegabytes() -> Double {
    // getrusage would also count what the process was before it became this program.
    let descriptor = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let length = read(descriptor, &bytes, bytes.count)
    for line in bytes.prefix(max(length, 0)).split(separator: UInt8(ascii: "\n"))
    where line.starts(with: Array("VmHWM:".utf8)) {
      let digits = line.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      return (Double(String(decoding: digits, as: UTF8.self)) ?? 0) * 1024 / 1e6
    }
    return 0
  }
}
