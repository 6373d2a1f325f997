import Glibc

/// What a file is, as far as the kernel can tell without reading it.
package struct FileIdentity: Hashable, Sendable {
  /// The device that holds it.
  package var device: UInt64
  /// Its number on that device.
  package var inode: UInt64
  /// Its length in bytes.
  package var size: Int
  /// When it was written last, in seconds since 1970.
  package var modifiedSeconds: Int
  /// And the nanoseconds behind them.
  package var modifiedNanoseconds: Int
  /// When it, or what the kernel knows of it, changed last; no program can set this time.
  package var changedSeconds: Int
  package var changedNanoseconds: Int
  package var isFolder: Bool

  init(_ info: stat) {
    device = UInt64(info.st_dev)
    inode = UInt64(info.st_ino)
    size = Int(info.st_size)
    modifiedSeconds = Int(info.st_mtim.tv_sec)
    modifiedNanoseconds = Int(info.st_mtim.tv_nsec)
    changedSeconds = Int(info.st_ctim.tv_sec)
    changedNanoseconds = Int(info.st_ctim.tv_nsec)
    isFolder = info.st_mode & S_IFMT == S_IFDIR
  }
}

/// Reads whole files.
package enum FileContents {
  /// All bytes of the file, or those from `offset` on.
  package static func read(_ path: String, from offset: Int = 0) throws(FileError) -> [UInt8] {
    let file = try InputFile(path)
    if offset > 0 { try file.seek(to: offset) }
    var bytes: [UInt8] = []
    // The size is only a hint: pipes have none, and a log may grow meanwhile.
    let block = max(try file.identity().size + 1 - offset, 64 * 1024)
    while true {
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: block))
      let got = try file.read(into: &bytes, at: start)
      bytes.removeLast(block - got)
      if got == 0 { return bytes }
    }
  }

  /// Whether there is a file or a folder with this path.
  package static func exists(_ path: String) -> Bool { identity(of: path) != nil }

  /// What is at the path, links followed; nil if there is nothing, or nothing that may be looked at.
  package static func identity(of path: String) -> FileIdentity? {
    var info = stat()
    return stat(path, &info) == 0 ? FileIdentity(info) : nil
  }
}
