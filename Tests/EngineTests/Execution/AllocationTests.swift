import Glibc
import Testing

/// Runs the probe that counts calls of `malloc` and its kin; it is built beside the tests.
@Suite struct AllocationTests {
  @Test func `training allocates nothing after warm up`() throws {
    let lines = try #require(probe())
    #expect(lines.first == "counter works")
    let results = lines.dropFirst()
    #expect(results.count == 22)
    for line in results { #expect(line.hasSuffix(" 0 of 20"), "\(line)") }
  }

  /// The probe's output, line by line; nil where it could not be run.
  private func probe() -> [String]? {
    var path = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &path, path.count - 1)
    guard length > 0 else { return nil }
    let runner = String(decoding: path[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard let slash = runner.lastIndex(of: "/") else { return nil }
    guard let pipe = popen("'\(runner[..<slash])/AllocationProbe'", "r") else { return nil }
    var output: [UInt8] = []
    while case let byte = fgetc(pipe), byte != EOF {
      output.append(UInt8(truncatingIfNeeded: byte))
    }
    guard pclose(pipe) == 0 else { return nil }
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
