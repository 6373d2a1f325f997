#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Texts of the repository that tests compare with what they should say. With `REGBENCH_RECORD=1` in
/// the environment they are written anew, to be read before they are committed.
public enum SourceText {
  /// Why a text cannot be compared, or in what it differs.
  public struct Problem: Error { public let message: String }

  private static func path(_ name: String, _ here: String = #filePath) -> String {
    here.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
      .joined(separator: "/") + "/" + name
  }

  /// The file of this name below the package's folder.
  public static func read(_ name: String) throws -> String {
    guard let file = fopen(path(name), "rb") else {
      throw Problem(message: "\(name) is missing")
    }
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
  public static func expect(
    _ name: String, _ text: String, between marker: String, holds expected: String
  ) throws {
    let (start, end) = ("<!-- \(marker) -->\n", "<!-- end of \(marker) -->\n")
    guard let first = text.ranges(of: start).first?.upperBound,
      let last = text.ranges(of: end).first?.lowerBound
    else { throw Problem(message: "\(name) lacks \(start) or \(end)") }
    if getenv("REGBENCH_RECORD") != nil {
      let new = text[..<first] + expected + text[last...]
      guard let file = fopen(path(name), "wb") else {
        throw Problem(message: "\(name) cannot be written")
      }
      fputs(String(new), file)
      fclose(file)
      return
    }
    guard text[first..<last] == expected else {
      throw Problem(
        message: "\(name) holds\n\(text[first..<last])and should hold\n\(expected)"
          + "(REGBENCH_RECORD=1 writes it anew)")
    }
  }
}
