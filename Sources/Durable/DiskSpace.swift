import Glibc

/// How much a file system still takes.
package enum DiskSpace {
  /// Bytes that this user may still write below `path`, which need not exist yet: the nearest
  /// folder above it that does answers. Nil where the system does not say.
  package static func free(at path: String) -> Int? {
    var place = path
    while !FileContents.exists(place) {
      let parent = PathName.parent(of: place)
      if parent == place { return nil }
      place = parent
    }
    var facts = statvfs()
    guard statvfs(place, &facts) == 0 else { return nil }
    let (bytes, overflow) = Int(facts.f_bavail).multipliedReportingOverflow(
      by: Int(facts.f_frsize))
    return overflow ? .max : bytes
  }
}
