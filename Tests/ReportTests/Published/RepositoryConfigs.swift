import Durable
import Study
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The configs of the repository as they stand.
enum RepositoryConfigs {
  /// The repository's folder.
  static let folder =
    "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  /// The names of all studies in `configs/`, those beyond the papers left out, without `.json`.
  static var names: [String] {
    guard let stream = opendir(folder + "/configs") else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".json") { names.append(String(name.dropLast(5))) }
    }
    return names.sorted()
  }

  /// One of them.
  static func study(_ name: String, profile: String? = nil) throws -> StudySpec {
    try StudySpec.load(
      file: "\(folder)/configs/\(name).json", profile: profile,
      read: { (path) throws(UnreadableFile) in
        do throws(FileError) {
          return try FileContents.read(path)
        } catch {
          throw UnreadableFile(reason: error.message)
        }
      }
    ).get()
  }
}
