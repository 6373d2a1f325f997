import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Texts of the repository that tests compare with what they should say. With `REGBENCH_RECORD=1` in
/// the environment they are written anew, to be read before they are committed.
enum SourceText {
  private static func path(_ name: String, _ here: String = #filePath) -> String {
    here.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
      .joined(separator: "/") + "/" + name
  }

  /// The file of this name below the package's folder.
  static func read(_ name: String) throws -> String {
    let file = try #require(fopen(path(name), "rb"), "\(name) is missing")
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Compares what stands between `<!-- marker -->` and `<!-- end of marker -->`.
  static func expect(
    _ name: String, _ text: String, between marker: String, holds expected: String
  ) throws {
    let (start, end) = ("<!-- \(marker) -->\n", "<!-- end of \(marker) -->\n")
    let first = try #require(text.ranges(of: start).first?.upperBound)
    let last = try #require(text.ranges(of: end).first?.lowerBound)
    if getenv("REGBENCH_RECORD") != nil {
      let new = text[..<first] + expected + text[last...]
      let file = try #require(fopen(path(name), "wb"))
      fputs(String(new), file)
      fclose(file)
      return
    }
    #expect(text[first..<last] == expected, "\(name): see REGBENCH_RECORD above")
  }
}
