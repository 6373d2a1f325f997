import Glibc
import TestSupport
import Testing

@testable import Durable

@Suite struct FolderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a folder is created with its parents, existing ones are kept`() throws {
    let path = folder.file("a/b c/d")
    try Folder.create(path)
    try Folder.create(path)
    try Folder.create(path + "/")
    #expect(FileContents.identity(of: path)?.isFolder == true)
  }

  @Test func `a file in the way is an error`() throws {
    try folder.write("", "file")
    #expect(throws: FileError(path: folder.file("file"), operation: .create, code: ENOTDIR)) {
      try Folder.create(folder.file("file/below"))
    }
  }

  @Test func `entries are sorted by bytes`() throws {
    for name in ["b", "B", "ä", "10", "9", ".x"] { try folder.write("", name) }
    #expect(try Folder.entries(folder.path) == [".x", "10", "9", "B", "b", "ä"])
    #expect(throws: FileError.self) { try Folder.entries(folder.file("none")) }
  }

  @Test func `a tree is removed, and what a link leads to is kept`() throws {
    try folder.write("kept", "outside/file")
    try folder.write("", "tree/a/b")
    symlink(folder.file("outside"), folder.file("tree/link"))
    try Folder.remove(folder.file("tree"))
    try Folder.remove(folder.file("tree"))
    #expect(try Folder.entries(folder.path) == ["outside"])
    #expect(FileContents.exists(folder.file("outside/file")))
  }

  @Test func `the size of a folder is that of all files below it`() throws {
    try folder.write(Array(repeating: 1, count: 10), "a/b")
    try folder.write(Array(repeating: 1, count: 5), "c")
    #expect(Folder.size(folder.path) == 15)
    #expect(Folder.size(folder.file("none")) == 0)
  }

  @Test func `a storage error is thrown by every operation`() throws {
    let hits = try FaultInjection.everywhere(
      .error(EROFS), under: folder.path,
      prepare: { try Folder.remove(folder.file("a")) },
      work: {
        try Folder.create(folder.file("a/b"))
        try Folder.remove(folder.file("a"))
      },
      check: { attempt in #expect(throws: FileError.self) { try attempt.outcome.get() } })
    // Each folder that is created is also synchronised with the one above it.
    #expect(hits == 6)
  }
}
