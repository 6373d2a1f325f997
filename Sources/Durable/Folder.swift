import Glibc
import System

/// Creates, lists and removes folders.
package enum Folder {
  /// Creates the folder and the ones above it, on the disk; it may exist already.
  package static func create(_ path: String) throws(FileError) {
    if let found = FileContents.identity(of: path) {
      if found.isFolder { return }
      throw FileError(path: path, operation: .create, code: ENOTDIR)
    }
    let parent = PathName.parent(of: path)
    if parent != path, parent != "." { try create(parent) }
    try FaultHook.check(.create, path)
    if mkdir(path, 0o777) == 0 { return try synchronize(parent) }
    // Another process may have been faster.
    let code = errno
    if code == EEXIST, FileContents.identity(of: path)?.isFolder == true { return }
    throw FileError(path: path, operation: .create, code: code)
  }

  /// The names in the folder, sorted, without `.` and `..`.
  package static func entries(_ path: String) throws(FileError) -> [String] {
    guard let stream = opendir(path) else { throw .last(path, .list) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw .last(path, .list) }
        // By bytes, so that the order does not depend on anybody's language.
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
  }

  /// The paths of what is in the folder, by name; none where it cannot be listed.
  package static func paths(in path: String) -> [String] {
    ((try? entries(path)) ?? []).map { PathName.join(path, $0) }
  }

  /// Removes a file; one that is not there is no error.
  package static func removeFile(_ path: String) throws(FileError) {
    try FaultHook.check(.remove, path)
    guard unlink(path) == 0 || errno == ENOENT else { throw .last(path, .remove) }
  }

  /// Removes a folder with all that is in it, or a file; links are removed, not followed. What is
  /// not there is no error.
  package static func remove(_ path: String) throws(FileError) {
    var info = stat()
    guard lstat(path, &info) == 0 else {
      if errno == ENOENT { return }
      throw .last(path, .remove)
    }
    guard FileIdentity(info).isFolder else { return try removeFile(path) }
    for name in try entries(path) { try remove(PathName.join(path, name)) }
    try FaultHook.check(.remove, path)
    guard rmdir(path) == 0 || errno == ENOENT else { throw .last(path, .remove) }
  }

  /// Bytes of all files in the folder and the folders below it; links count nothing.
  package static func size(_ path: String) -> Int {
    var info = stat()
    guard lstat(path, &info) == 0 else { return 0 }
    let found = FileIdentity(info)
    guard found.isFolder else { return info.st_mode & S_IFMT == S_IFREG ? found.size : 0 }
    return paths(in: path).reduce(0) { $0 + size($1) }
  }

  /// Returns when the folder's list of names is on the disk, so that what was renamed or
  /// created in it lasts.
  static func synchronize(_ path: String) throws(FileError) {
    try FaultHook.check(.fsync, path)
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // A folder that may be written but not read cannot be synchronised; the rename stands.
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    if SystemCall.retrying({ fsync(descriptor) }) == 0 { return }
    // Some shared file systems refuse it for folders.
    guard errno == EINVAL || errno == ENOTSUP else { throw .last(path, .fsync) }
  }
}
